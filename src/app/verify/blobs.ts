import { fault, type Problem } from "#kernel";
import { type BlobHash, type BlobStore, blobOf, type InlineBlobStore } from "#record";

export interface BlobStores {
  /** Small blobs, in the database. */
  readonly inline: InlineBlobStore;
  /** Large ones, as files. */
  readonly files: BlobStore;
}

export interface BlobReport {
  readonly count: number;
  readonly problems: readonly Problem[];
}

/** Problems: `blob-changed` (content and hash differ), `blob-missing` (a version names it, and it is nowhere). */
export async function verifyBlobs(
  { inline, files }: BlobStores,
  named: ReadonlyMap<BlobHash, string>,
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
  for (const [hash, where] of missing) {
    problems.push(fault("blob-missing", `The blob ${hash} that this version names is missing.`, { where }));
  }
  return { count, problems };
}

function changed(hash: BlobHash, namedBy: string | undefined): Problem {
  const where = namedBy === undefined ? {} : { where: namedBy };
  return fault("blob-changed", `The content of the blob ${hash} is no longer what was stored.`, where);
}
