import { randomBytes, randomUUID } from "node:crypto";
import { link, readFile, rm, writeFile } from "node:fs/promises";

const keyBytes = 32;

/**
 * A key of 32 random bytes from a file that Corridor's own user alone may read; made where there is none. Of two processes
 * that start at once, both take that of one. Undefined where the file holds something else.
 */
export async function openKeyFile(file: string): Promise<Uint8Array | undefined> {
  const there = await readKey(file);
  if (there === undefined) await makeKey(file);
  const key = there ?? (await readKey(file));
  return key?.length === keyBytes ? Uint8Array.from(key) : undefined;
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
