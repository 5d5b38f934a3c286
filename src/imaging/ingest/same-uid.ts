import { conflict, failed, ok, type Problem, type Result } from "#kernel";
import type { BlobHash, FinishedBlob, StreamedBlobs } from "#record";
import type { DuplicatePolicy } from "../duplicate-policy.ts";
import type { ImageIndex, NewInstance } from "../image-index.ts";
import { openBytes } from "../small-objects.ts";
import { sameDataSet } from "./same-data-set.ts";

export interface SameUidNeeds {
  readonly blobs: StreamedBlobs;
  readonly index: ImageIndex;
  readonly duplicates: (source: string) => Promise<DuplicatePolicy>;
}

export interface SameUid {
  readonly object: NewInstance;
  readonly finished: FinishedBlob;
  /** What is kept under its UID; undefined where its series belongs to another study. */
  readonly kept: BlobHash | undefined;
}

/**
 * Something is kept under the UID of what came. The same content is known, and kept once; what becomes of other content is a
 * matter of policy. Problems: conflict `instance-differs`, `series-elsewhere`.
 */
export async function settleSameUid(needs: SameUidNeeds, same: SameUid): Promise<Result<"new" | "known">> {
  const { object, finished, kept } = same;
  if (kept === finished.hash) {
    await finished.settle();
    return ok("known");
  }
  if (kept === undefined) return aside(needs, same, { why: "series-elsewhere", problem: seriesElsewhere });
  const came = object.bytes === undefined ? needs.blobs.open(object.blob) : openBytes(object.bytes);
  if (await sameDataSet(await came, await needs.blobs.open(kept))) return dropped(needs, finished, ok("known"));
  switch (await needs.duplicates(object.source)) {
    case "keep-both":
      return aside(needs, same, { why: "instance-differs", problem: keptAside });
    case "keep-first":
      return dropped(needs, finished, ok("known"));
    case "refuse":
      return dropped(needs, finished, failed(refused));
    case "keep-newest":
      return shown(needs, same);
  }
}

async function shown(needs: SameUidNeeds, same: SameUid): Promise<Result<"new" | "known">> {
  const replaced = await needs.index.replace(same.object, "newer-came");
  if (replaced !== "replaced") return aside(needs, same, { why: "instance-differs", problem: keptAside });
  await same.finished.settle();
  return ok("new");
}

async function aside(
  { index }: SameUidNeeds,
  { object, finished }: SameUid,
  { why, problem }: { readonly why: string; readonly problem: Problem },
): Promise<Result<never>> {
  const { uid, blob, sizeBytes, source, at, bytes } = object;
  await index.addTwin({ instance: uid, blob, sizeBytes, why, source, at, bytes });
  await finished.settle();
  return failed(problem);
}

async function dropped<T>({ blobs, index }: SameUidNeeds, { hash, settle }: FinishedBlob, end: Result<T>) {
  const named = await index.named([hash]);
  if (!named.has(hash)) await blobs.remove(hash);
  await settle();
  return end;
}

const where = { where: "(0008,0018)" };
const keptAside = conflict(
  "instance-differs",
  "Another object is kept under this SOP Instance UID. This one is kept aside until somebody decides.",
  where,
);
const refused = conflict(
  "instance-differs",
  "Another object is kept under this SOP Instance UID, and this one is not taken.",
  where,
);
const seriesElsewhere = conflict(
  "series-elsewhere",
  "The series belongs to another study. The object is kept aside until somebody decides.",
  { where: "(0020,000E)" },
);
