import { createHash } from "node:crypto";
import { fault, type Problem } from "#kernel";
import { type BlobHash, blobPieces, type OpenBlob, type StreamedBlobs } from "#record";
import { type Database, imageBlobs, imageFaults } from "#storage/postgres";

export interface ImageReport {
  readonly count: number;
  readonly problems: readonly Problem[];
}

/**
 * Reads every object of the image archive. Problems: `image-changed` (content and hash differ), `image-unreadable` (the disk
 * does not give it), `image-missing` (the index names it, and it is nowhere), `image-count-wrong`.
 */
export async function verifyImages(
  database: Database,
  blobs: StreamedBlobs | undefined,
  progress: (done: number, total: number) => void,
): Promise<ImageReport> {
  if (blobs === undefined) return { count: 0, problems: [] };
  const named = new Map<BlobHash, string>();
  for await (const { hash, instance } of imageBlobs(database)) named.set(hash, instance);
  const problems: Problem[] = [];
  let done = 0;
  for (const [hash, instance] of named) {
    const problem = await problemOf(blobs, hash, instance);
    if (problem !== undefined) problems.push(problem);
    done += 1;
    progress(done, named.size);
  }
  return { count: named.size, problems: [...problems, ...(await imageFaults(database))] };
}

async function problemOf(blobs: StreamedBlobs, hash: BlobHash, where: string): Promise<Problem | undefined> {
  const image = await blobs.open(hash);
  if (image === undefined) return fault("image-missing", `The file ${hash} of this object is missing.`, { where });
  try {
    if ((await hashOf(image)) === hash) return undefined;
    return fault("image-changed", `The file ${hash} of this object is no longer what was stored.`, { where });
  } catch (cause) {
    return fault("image-unreadable", `The file ${hash} of this object cannot be read.`, { where, cause });
  } finally {
    await image.close();
  }
}

async function hashOf(image: OpenBlob): Promise<string> {
  const digest = createHash("sha256");
  for await (const piece of blobPieces(image)) digest.update(piece);
  return digest.digest("hex");
}
