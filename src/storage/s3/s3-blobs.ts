import {
  type Blob,
  type BlobDay,
  type BlobHash,
  type BlobStore,
  isBlobDay,
  isBlobHash,
  type ListedBlob,
} from "#record";
import type { S3Client } from "./s3-client.ts";
import { listFolders, listObjects } from "./s3-listing.ts";
import { readObject, removeObject, writeObject } from "./s3-objects.ts";

/**
 * Objects named by their hash behind its first two digits: `ab/abcdef…`. Those that are kept for a time stand so below their
 * day: `days/2026-11-23/ab/abcdef…`.
 */
export function openBlobs(client: S3Client, folder: string): BlobStore {
  return {
    put: ({ hash, bytes, day }: Blob) =>
      writeObject(client, nameOf(folder, hash, day), { body: [bytes], sha256: hash }),
    get: (hash, day) => get(client, folder, { hash, day }),
    remove: async (hash) => {
      for (const day of [undefined, ...(await daysIn(client, folder))])
        await removeObject(client, nameOf(folder, hash, day));
    },
    list: () => list(client, folder),
    daily: {
      async days() {
        const days = await daysIn(client, folder);
        return Promise.all(
          days.map(async (day) => ({ day, sizeBytes: await sizeOfDay(client, dayFolder(folder, day)) })),
        );
      },
      async drop(day) {
        for await (const { name } of listObjects(client, dayFolder(folder, day))) await removeObject(client, name);
        return true;
      },
    },
  };
}

interface Wanted {
  readonly hash: BlobHash;
  readonly day: BlobDay | undefined;
}

async function get(client: S3Client, folder: string, { hash, day }: Wanted): Promise<Uint8Array | undefined> {
  const first = await readObject(client, nameOf(folder, hash, day));
  if (first !== undefined) return first;
  for (const other of [undefined, ...(await daysIn(client, folder)).toReversed()]) {
    const found = other === day ? undefined : await readObject(client, nameOf(folder, hash, other));
    if (found !== undefined) return found;
  }
  return undefined;
}

function dayFolder(folder: string, day: BlobDay | undefined): string {
  return day === undefined ? folder : `${folder}days/${day}/`;
}

function nameOf(folder: string, hash: BlobHash, day: BlobDay | undefined): string {
  return `${dayFolder(folder, day)}${hash.slice(0, 2)}/${hash}`;
}

async function daysIn(client: S3Client, folder: string): Promise<readonly BlobDay[]> {
  return (await listFolders(client, `${folder}days/`)).filter(isBlobDay);
}

async function sizeOfDay(client: S3Client, folder: string): Promise<number> {
  let bytes = 0;
  for await (const { sizeBytes } of listObjects(client, folder)) bytes += sizeBytes;
  return bytes;
}

async function* list(client: S3Client, folder: string): AsyncIterable<ListedBlob> {
  for await (const { name } of listObjects(client, folder)) {
    const parts = name.slice(folder.length).split("/");
    const hash = parts.at(-1) ?? "";
    if (!isBlobHash(hash)) continue;
    if (parts.length === 2) yield { hash };
    const day = parts[1] ?? "";
    if (parts.length === 4 && parts[0] === "days" && isBlobDay(day)) yield { hash, day };
  }
}
