import { randomBytes, randomUUID } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { conflict, failed, incorrect, ok, type Result } from "#kernel";

const keyBytes = 32;

/**
 * The key of a project, in the data folder beside `identity.key` and outside the database, made by its first use. Whoever has
 * it and the original can tell whose a pseudonym is; without it nobody can. Problems: incorrect `project-name-incorrect`,
 * conflict `project-key-unusable`.
 */
export async function openProjectKey(dataFolder: string, project: string): Promise<Result<Uint8Array>> {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(project))
    return failed(
      incorrect("project-name-incorrect", "A project's name is up to 64 letters, digits, hyphens and underscores."),
    );
  const folder = join(dataFolder, "deidentification");
  const file = join(folder, `${project}.key`);
  const there = await readKey(file);
  if (there === undefined) await makeKey(folder, file);
  const key = there ?? (await readKey(file));
  if (key?.length === keyBytes) return ok(Uint8Array.from(key));
  return failed(conflict("project-key-unusable", `The file ${file} is not what Corridor writes: put back its copy.`));
}

async function readKey(file: string): Promise<Buffer | undefined> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  return text === undefined ? undefined : Buffer.from(text.trim(), "base64");
}

/** Whole or not at all, and never in the place of another. */
async function makeKey(folder: string, file: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
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
