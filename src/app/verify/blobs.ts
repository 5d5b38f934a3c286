import { fault, type Problem } from "#kernel";
import { type BlobHash, type BlobStore, blobOf, type InlineBlobStore, type StreamedBlobs } from "#record";

import type { FeedReport, NamedBlob } from "./feed.ts";

export interface BlobStores {
  /** Small blobs, in the database. */
  readonly inline: InlineBlobStore;
  /** Large ones, as files. */
  readonly files: BlobStore;
  /** Objects of the image archive; left out, they are not looked at. */
  readonly images?: StreamedBlobs;
}

export interface BlobReport {
  readonly count: number;
  /** Named by a version, and taken away with their days. */
  readonly retired: number;
  readonly problems: readonly Problem[];
}

/** Problems: `blob-changed` (content and hash differ), `blob-missing` (a version names it, and it is nowhere). */
export async function verifyBlobs(
  { inline, files }: BlobStores,
  { blobsNamed: named, daysRetired }: Pick<FeedReport, "blobsNamed" | "daysRetired">,
  progress: (done: number, total: number) => void,
): Promise<BlobReport> {
  const problems: Problem[] = [];
  const missing = new Map(named);
  let count = 0;
  for (const store of [inline, files]) {
    for await (const { hash, day } of store.list()) {
      const bytes = await store.get(hash, day);
      if (bytes === undefined || blobOf(bytes).hash !== hash) problems.push(changed(hash, named.get(hash)));
      missing.delete(hash);
      count += 1;
      progress(count, Math.max(count, named.size));
    }
  }
  let retired = 0;
  for (const [hash, { by: where, day }] of missing) {
    if (day !== undefined && daysRetired.has(day)) retired += 1;
    else problems.push(fault("blob-missing", `The blob ${hash} that this version names is missing.`, { where }));
  }
  return { count, retired, problems };
}

function changed(hash: BlobHash, namedBy: NamedBlob | undefined): Problem {
  const where = namedBy === undefined ? {} : { where: namedBy.by };
  return fault("blob-changed", `The content of the blob ${hash} is no longer what was stored.`, where);
}
