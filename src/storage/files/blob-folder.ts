import { randomUUID } from "node:crypto";
import { mkdir, open, opendir, readFile, rename, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import { type Blob, type BlobHash, type BlobStore, isBlobHash } from "#record";

const unfinishedAgeMs = 60 * 60_000;

/** Files named by their hash, in folders by its first two digits: `ab/abcdef…`. Unfinished ones stand in `aside/`. */
export async function openBlobFolder(folder: string): Promise<BlobStore> {
  const aside = join(folder, "aside");
  await mkdir(aside, { recursive: true });
  await removeUnfinished(aside);
  return {
    put: (blob) => put(folder, aside, blob),
    get: (hash) => readFile(pathOf(folder, hash)).catch(absentOnly),
    list: () => list(folder),
  };
}

function pathOf(folder: string, hash: BlobHash): string {
  return join(folder, hash.slice(0, 2), hash);
}

/** Written aside, synced, renamed, and the folder synced: after a crash it is there whole or not at all. */
async function put(folder: string, aside: string, { hash, bytes }: Blob): Promise<void> {
  const unfinished = join(aside, randomUUID());
  const file = await open(unfinished, "wx");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  const parent = join(folder, hash.slice(0, 2));
  if (await mkdir(parent, { recursive: true })) await syncFolder(folder);
  await rename(unfinished, pathOf(folder, hash));
  await syncFolder(parent);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What a killed process left aside was never named by the record; younger files may be another process's work. */
async function removeUnfinished(aside: string): Promise<void> {
  for await (const entry of await opendir(aside)) {
    const path = join(aside, entry.name);
    const file = await stat(path).catch(absentOnly);
    if (file !== undefined && Date.now() - file.mtimeMs > unfinishedAgeMs) await unlink(path).catch(absentOnly);
  }
}

function absentOnly(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT") return undefined;
  throw error;
}

async function* list(folder: string): AsyncIterable<BlobHash> {
  for await (const parent of await opendir(folder)) {
    if (!/^[0-9a-f]{2}$/.test(parent.name)) continue;
    for await (const entry of await opendir(join(folder, parent.name))) {
      if (isBlobHash(entry.name)) yield entry.name;
    }
  }
}
