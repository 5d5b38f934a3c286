import { limits } from "#kernel";
import {
  type BlobHash,
  isBlobHash,
  type OpenBlob,
  type StoredBlob,
  type StreamedBlobs,
  type UnsettledBlob,
} from "#record";
import type { S3Client } from "./s3-client.ts";
import { unanswered } from "./s3-failure.ts";
import { listObjects, listUploads } from "./s3-listing.ts";
import { hashesIn, once, openNotes, type S3Notes } from "./s3-notes.ts";
import { readRange, removeObject, sizeOf } from "./s3-objects.ts";
import { abortUpload } from "./s3-parts.ts";
import { S3Writer } from "./s3-writer.ts";

/**
 * Objects named by their hash behind its first two digits: `ab/abcdef…`. What is on its way stands in `aside/INSTANCE/`: parts
 * of long content, and notes of the hashes that are about to be there.
 */
export function openStreamed(client: S3Client, folder: string): StreamedBlobs {
  const aside = `${folder}aside/`;
  const own = `${aside}${client.settings.instance}/`;
  const nameOf = (hash: BlobHash) => `${folder}${hash.slice(0, 2)}/${hash}`;
  const places = { client, aside: own, open: new Set<string>(), notes: openNotes(client, own), nameOf };
  return {
    begin: async () => new S3Writer(places),
    open: (hash) => openBlob(client, nameOf(hash)),
    remove: (hash) => removeObject(client, nameOf(hash)),
    list: () => list(client, folder),
    unsettled: () => unsettled({ ...places, aside, own }),
  };
}

async function openBlob(client: S3Client, name: string): Promise<OpenBlob | undefined> {
  const sizeBytes = await sizeOf(client, name);
  if (sizeBytes === undefined) return undefined;
  return {
    sizeBytes,
    async read(fromByte, wantedBytes) {
      const lengthBytes = Math.max(0, Math.min(wantedBytes, sizeBytes - fromByte));
      if (lengthBytes === 0) return new Uint8Array(0);
      const bytes = await readRange(client, name, { fromByte, lengthBytes });
      if (bytes !== undefined) return bytes;
      throw unanswered("reading", new Error("the content is no longer there"));
    },
    async close() {},
  };
}

async function* list(client: S3Client, folder: string): AsyncIterable<StoredBlob> {
  for await (const { name, sizeBytes } of listObjects(client, folder)) {
    const [parent = "", hash = "", ...more] = name.slice(folder.length).split("/");
    if (isBlobHash(hash) && parent === hash.slice(0, 2) && more.length === 0) yield { hash, sizeBytes };
  }
}

interface AsidePlaces {
  readonly client: S3Client;
  readonly notes: S3Notes;
  readonly open: ReadonlySet<string>;
  readonly aside: string;
  /** Below `aside`, of this instance. */
  readonly own: string;
}

/** What this instance left when it last ended, and what others left long ago. */
async function* unsettled(places: AsidePlaces): AsyncIterable<UnsettledBlob> {
  const { client, notes, aside } = places;
  for await (const { name, uploadId, startedMs } of listUploads(client, aside)) {
    if (isLeft(places, name, startedMs)) await abortUpload({ client, name, uploadId });
  }
  for await (const { name, changedMs } of listObjects(client, aside)) {
    if (!isLeft(places, name, changedMs) || notes.isOpen(name)) continue;
    const hashes = name.endsWith(".note") ? await hashesIn(client, name) : [];
    if (hashes.length === 0) await removeObject(client, name);
    let left = hashes.length;
    const settle = async () => {
      left -= 1;
      if (left === 0) await removeObject(client, name);
    };
    for (const hash of hashes) yield { hash, settle: once(settle) };
  }
}

/** A storage that does not say when an upload was started leaves those of others to its own rules. */
function isLeft({ open, own }: AsidePlaces, name: string, sinceMs: number): boolean {
  if (name.startsWith(own)) return !open.has(name);
  return Date.now() - sinceMs > limits.s3UnfinishedAgeMs;
}
