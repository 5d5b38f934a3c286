import { randomBytes, randomUUID } from "node:crypto";
import { link, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Config } from "../config.ts";

export const sealKeyBytes = 32;

/**
 * What the file holds. While a key is being replaced it holds two: first the new one is `coming` and only opens, then it
 * seals and the old one is `going`. A rotation that was cut short is finished from what stands here.
 */
export interface SealKeyFile {
  readonly key: Uint8Array;
  readonly coming?: Uint8Array;
  readonly going?: Uint8Array;
}

/** In the data folder, readable by Corridor's own user alone. A copy of the database does not hold it. */
export function sealKeyFile({ dataFolder }: Pick<Config, "dataFolder">): string {
  return join(dataFolder, "identity.key");
}

/** Undefined where there is none; `unusable` where it holds something else. */
export async function readSealKeys(path: string): Promise<SealKeyFile | "unusable" | undefined> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const [first = "", second, ...more] = text.trim().split("\n");
  const key = keyIn(first);
  const [, stage, other = ""] = /^(coming|going) (\S+)$/.exec(second ?? "") ?? [];
  if (key === undefined || more.length > 0) return "unusable";
  if (second === undefined) return { key };
  const another = keyIn(other);
  if (another === undefined) return "unusable";
  return stage === "coming" ? { key, coming: another } : { key, going: another };
}

function keyIn(line: string): Uint8Array | undefined {
  const bytes = Buffer.from(line.trim(), "base64");
  return bytes.length === sealKeyBytes ? Uint8Array.from(bytes) : undefined;
}

export function newSealKey(): Uint8Array {
  return Uint8Array.from(randomBytes(sealKeyBytes));
}

/** Whole or not at all, and never in the place of another. */
export async function makeSealKey(path: string): Promise<void> {
  const aside = await writeAside(path, { key: newSealKey() });
  try {
    await link(aside, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  } finally {
    await rm(aside, { force: true });
  }
}

/** Takes the place of what is there, whole or not at all, and is on disk. */
export async function replaceSealKeys(path: string, keys: SealKeyFile): Promise<void> {
  await rename(await writeAside(path, keys), path);
  const folder = await open(dirname(path), "r");
  await folder.sync().finally(() => folder.close());
}

async function writeAside(path: string, { key, coming, going }: SealKeyFile): Promise<string> {
  const aside = `${path}.${randomUUID()}`;
  const other = coming ?? going;
  const second = other === undefined ? "" : `${coming === undefined ? "going" : "coming"} ${inBase64(other)}\n`;
  const file = await open(aside, "w", 0o600);
  await file.writeFile(`${inBase64(key)}\n${second}`);
  await file.sync().finally(() => file.close());
  return aside;
}

function inBase64(key: Uint8Array): string {
  return Buffer.from(key).toString("base64");
}
