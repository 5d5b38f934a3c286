import { randomUUID } from "node:crypto";
import { mkdir, open, opendir, readdir, readFile, rename, rm, stat, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  type Blob,
  type BlobDay,
  type BlobHash,
  type BlobStore,
  type DailyBlobs,
  isBlobDay,
  isBlobHash,
  type ListedBlob,
} from "#record";

const unfinishedAgeMs = 60 * 60_000;

/**
 * Files named by their hash, in folders by its first two digits: `ab/abcdef…`. Those that are kept for a time stand so in a
 * folder of their day: `days/2026-11-23/ab/abcdef…`. Unfinished ones stand in `aside/`.
 */
export async function openBlobFolder(folder: string): Promise<BlobStore> {
  const aside = join(folder, "aside");
  await mkdir(aside, { recursive: true });
  await removeUnfinished(aside);
  return {
    put: (blob) => put(folder, aside, blob),
    get: (hash, day) => get(folder, hash, day),
    remove: (hash) => remove(folder, hash),
    list: () => listAll(folder),
    daily: dailyFolders(folder),
  };
}

function dayFolder(folder: string, day: BlobDay | undefined): string {
  return day === undefined ? folder : join(folder, "days", day);
}

async function get(folder: string, hash: BlobHash, day: BlobDay | undefined): Promise<Uint8Array | undefined> {
  const first = await readFile(pathOf(dayFolder(folder, day), hash)).catch(absentOnly);
  if (first !== undefined) return first;
  for (const other of [undefined, ...(await daysIn(folder)).toReversed()]) {
    const found = await readFile(pathOf(dayFolder(folder, other), hash)).catch(absentOnly);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function remove(folder: string, hash: BlobHash): Promise<void> {
  for (const day of [undefined, ...(await daysIn(folder))]) {
    await unlink(pathOf(dayFolder(folder, day), hash)).catch(absentOnly);
  }
}

async function daysIn(folder: string): Promise<readonly BlobDay[]> {
  const names = (await readdir(join(folder, "days")).catch(absentOnly)) ?? [];
  return names.filter(isBlobDay).sort();
}

/** What is no longer there is found by nobody, as the record has said so before. */
function dailyFolders(folder: string): DailyBlobs {
  return {
    async days() {
      const days = await daysIn(folder);
      return Promise.all(days.map(async (day) => ({ day, sizeBytes: await sizeOf(dayFolder(folder, day)) })));
    },
    async drop(day) {
      await rm(dayFolder(folder, day), { recursive: true, force: true });
      return true;
    },
  };
}

async function sizeOf(folder: string): Promise<number> {
  let bytes = 0;
  for await (const { hash } of list(folder)) bytes += (await stat(pathOf(folder, hash)).catch(absentOnly))?.size ?? 0;
  return bytes;
}

function pathOf(folder: string, hash: BlobHash): string {
  return join(folder, hash.slice(0, 2), hash);
}

/** Written aside, synced, renamed, and the folder synced: after a crash it is there whole or not at all. */
async function put(root: string, aside: string, { hash, bytes, day }: Blob): Promise<void> {
  const folder = dayFolder(root, day);
  const unfinished = join(aside, randomUUID());
  const file = await open(unfinished, "wx");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  const parent = join(folder, hash.slice(0, 2));
  await makeFolder(root, parent);
  await rename(unfinished, pathOf(folder, hash));
  await syncFolder(parent);
}

/** Syncs every folder above one that it makes, up to the root. */
async function makeFolder(root: string, folder: string): Promise<void> {
  if ((await mkdir(folder, { recursive: true })) === undefined) return;
  for (let above = dirname(folder); above.startsWith(root); above = dirname(above)) await syncFolder(above);
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

async function* listAll(folder: string): AsyncIterable<ListedBlob> {
  yield* list(folder);
  for (const day of await daysIn(folder)) {
    for await (const { hash } of list(dayFolder(folder, day))) yield { hash, day };
  }
}

async function* list(folder: string): AsyncIterable<ListedBlob> {
  for await (const parent of await opendir(folder)) {
    if (!/^[0-9a-f]{2}$/.test(parent.name)) continue;
    for await (const entry of await opendir(join(folder, parent.name))) {
      if (isBlobHash(entry.name)) yield { hash: entry.name };
    }
  }
}
