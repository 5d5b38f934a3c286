import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** The folder that holds package.json. */
export const root = join(import.meta.dirname, "../../..");

export const webRoot = join(root, "web/dist");

/** Not served: its name begins with a dot. */
const listPath = join(webRoot, ".sources.json");

/** Files that change a build without being part of it. */
const always = ["package-lock.json", "web/vite.config.ts", "web/index.html"];

const listSchema = z.record(z.string(), z.string());

/** Writes down what the web app was built from. */
export async function writeSources(paths: readonly string[]): Promise<void> {
  const names = [...new Set([...always, ...paths])].sort();
  const hashes = await Promise.all(names.map(async (name) => [name, await hashOf(name)] as const));
  const known = hashes.flatMap(([name, hash]) => (hash === undefined ? [] : [[name, hash]]));
  await writeFile(listPath, JSON.stringify(Object.fromEntries(known), null, 1));
}

/** Whether the built web app is there and every file that went into it is still the same. */
export async function isWebAppCurrent(): Promise<boolean> {
  const text = await readFile(listPath, "utf8").catch(() => undefined);
  if (text === undefined) return false;
  const list = Object.entries(listSchema.parse(JSON.parse(text)));
  const same = await Promise.all(list.map(async ([name, hash]) => (await hashOf(name)) === hash));
  return same.every(Boolean);
}

async function hashOf(name: string): Promise<string | undefined> {
  const bytes = await readFile(join(root, name)).catch(() => undefined);
  return bytes === undefined ? undefined : createHash("sha256").update(bytes).digest("hex");
}
