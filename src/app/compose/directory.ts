import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { type Access, type AccessNeeds, readDirectorySettings, workerActor } from "#access";
import { failed, incorrect, type Log, ok, type Result } from "#kernel";
import { fetchPublishedKeys } from "#links/outgoing-http";
import type { Config } from "../config.ts";
import { outsideFetch } from "./bounded-fetch.ts";

export type DirectoryParts = Pick<AccessNeeds, "roleMap" | "outside" | "fetchKeys">;

/**
 * Where applications' keys are asked for, and what the file of the directory's settings says, with the secret that it names; nothing where no file is set. Problems:
 * incorrect `directory-settings`; incorrect `directory-file-unreadable`.
 */
export async function openDirectory(
  config: Pick<Config, "directoryFile" | "outsideSecret" | "keyNetworks">,
): Promise<Result<DirectoryParts>> {
  const { directoryFile: file, keyNetworks } = config;
  const fetchKeys = (address: string) => fetchPublishedKeys(address, keyNetworks);
  if (file === undefined) return ok({ fetchKeys });
  const text = await readText(file);
  if (!text.ok) return text;
  const settings = readDirectorySettings(text.value);
  if (!settings.ok) return settings;
  const { roleMap, signIn } = settings.value;
  if (signIn === undefined) return ok({ roleMap, fetchKeys });
  const { clientSecretFile } = signIn;
  const kept = clientSecretFile === undefined ? undefined : await readText(resolve(dirname(file), clientSecretFile));
  if (kept?.ok === false) return kept;
  const secret = config.outsideSecret ?? kept?.value.trim();
  return ok({
    roleMap,
    fetchKeys,
    outside: { settings: signIn, fetch: outsideFetch, ...(secret === undefined ? {} : { secret }) },
  });
}

async function readText(file: string): Promise<Result<string>> {
  try {
    return ok(await readFile(file, "utf8"));
  } catch (cause) {
    const message = `The file ${file} cannot be read: check CORRIDOR_DIRECTORY_FILE and what it names.`;
    return failed(incorrect("directory-file-unreadable", message, { cause }));
  }
}

/** Brings accounts in line with a map of roles that was changed while Corridor stood still. */
export async function alignDirectory(access: Access, log: Log): Promise<void> {
  const aligned = await access.reconcileRoles(workerActor("directory"));
  if (!aligned.ok) log.warn("directory roles not aligned", { code: aligned.problems[0].code });
  else if (aligned.value > 0) log.info("directory roles aligned", { documents: aligned.value });
}
