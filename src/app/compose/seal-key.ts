import { randomBytes, randomUUID } from "node:crypto";
import { link, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { conflict, failed, ok, type Result } from "#kernel";
import type { Config } from "../config.ts";

const keyBytes = 32;

/** In the data folder, readable by Corridor's own user alone. A copy of the database does not hold it. */
export function sealKeyFile({ dataFolder }: Pick<Config, "dataFolder">): string {
  return join(dataFolder, "identity.key");
}

/**
 * The key that seals secrets in the database: from the setting, else from the data folder, where the first start makes it.
 * Of two processes that start at once, both take that of one. Problems: conflict `identity-key-unusable`.
 */
export async function openSealKey(config: Pick<Config, "dataFolder" | "identityKey">): Promise<Result<Uint8Array>> {
  if (config.identityKey !== undefined) return ok(config.identityKey);
  const file = sealKeyFile(config);
  const there = await readKey(file);
  if (there === undefined) await makeKey(file);
  const key = there ?? (await readKey(file));
  return key?.length === keyBytes ? ok(Uint8Array.from(key)) : failed(unusable(file));
}

async function readKey(file: string): Promise<Buffer | undefined> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  return text === undefined ? undefined : Buffer.from(text.trim(), "base64");
}

/** Whole or not at all, and never in the place of another. */
async function makeKey(file: string): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await writeFile(aside, `${randomBytes(keyBytes).toString("base64")}\n`, { mode: 0o600, flush: true });
    await link(aside, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  } finally {
    await rm(aside, { force: true });
  }
}

function unusable(file: string) {
  return conflict(
    "identity-key-unusable",
    `The file ${file} is not what Corridor writes: put back the copy that was kept of it, or give CORRIDOR_IDENTITY_KEY.`,
  );
}
