import { readFile } from "node:fs/promises";
import { failed, incorrect, ok, type Result, unavailable } from "#kernel";
import type { Key, Lock } from "../backup/age.ts";
import type { Invocation } from "./command.ts";

type Options = Invocation["options"];

/** Whom to encrypt for; undefined where nothing says so. Problems: `keys-mixed`, `key-file-unreadable`, `passphrase-empty`. */
export async function lockIn(options: Options): Promise<Result<Lock | undefined>> {
  const named = options["encrypt-to"];
  const recipients = Array.isArray(named) ? named.map(String) : [];
  const passphrase = await passphraseIn(options);
  if (!passphrase.ok) return passphrase;
  if (passphrase.value === undefined) return ok(recipients.length === 0 ? undefined : { by: "recipients", recipients });
  return recipients.length === 0
    ? ok({ by: "passphrase", passphrase: passphrase.value })
    : failed(mixed("--encrypt-to"));
}

/** What opens an encrypted backup; undefined where nothing says so. Problems: as `lockIn`. */
export async function keyIn(options: Options): Promise<Result<Key | undefined>> {
  const passphrase = await passphraseIn(options);
  if (!passphrase.ok) return passphrase;
  const { identity } = options;
  if (typeof identity !== "string") {
    return ok(passphrase.value === undefined ? undefined : { by: "passphrase", passphrase: passphrase.value });
  }
  if (passphrase.value !== undefined) return failed(mixed("--identity"));
  const text = await textOf(identity);
  if (!text.ok) return text;
  const identities = text.value.split(/\r?\n/).flatMap((line) => (/^\s*(#|$)/.test(line) ? [] : line.trim()));
  return ok({ by: "identities", identities });
}

async function passphraseIn({ "passphrase-file": path }: Options): Promise<Result<string | undefined>> {
  if (typeof path !== "string") return ok(undefined);
  const text = await textOf(path);
  if (!text.ok) return text;
  const [passphrase = ""] = text.value.split(/\r?\n/);
  return passphrase === "" ? failed(empty(path)) : ok(passphrase);
}

async function textOf(path: string): Promise<Result<string>> {
  try {
    return ok(await readFile(path, "utf8"));
  } catch (cause) {
    return failed(unavailable("key-file-unreadable", `The file ${path} cannot be read.`, { cause }));
  }
}

function mixed(other: string) {
  return incorrect("keys-mixed", `Give either ${other} or --passphrase-file, not both.`);
}

function empty(path: string) {
  return incorrect("passphrase-empty", `The first line of ${path} is empty: write the passphrase there.`);
}
