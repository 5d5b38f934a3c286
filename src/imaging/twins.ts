import { conflict, failed, limits, notFound, ok, type Result } from "#kernel";
import type { BlobHash, OpenBlob, StreamedBlobs } from "#record";
import { attempt } from "./attempt.ts";
import type { ImageIndex, NewInstance, Twin } from "./image-index.ts";
import { describe } from "./ingest/describe.ts";
import { headerOf } from "./ingest/header.ts";

interface TwinNeeds {
  readonly index: ImageIndex;
  readonly blobs: StreamedBlobs;
}

export async function dropTwin({ index, blobs }: TwinNeeds, twin: number): Promise<boolean> {
  const found = await twinOf(index, twin);
  if (found === undefined || !(await index.removeTwin(twin))) return false;
  const named = await index.named([found.blob]);
  if (!named.has(found.blob)) await blobs.remove(found.blob);
  return true;
}

/** Problems: not-found `image-not-found`; conflict `series-elsewhere`; those of reading it. */
export async function showTwin({ index, blobs }: TwinNeeds, twin: number): Promise<Result<Twin>> {
  const found = await attempt(() => twinOf(index, twin));
  if (!found.ok) return found;
  if (found.value === undefined) return failed(unknown);
  const object = await readAgain(blobs, found.value);
  if (!object.ok) return object;
  const replaced = await attempt(() => index.replace(object.value, "was-shown"));
  if (!replaced.ok) return replaced;
  switch (replaced.value) {
    case "replaced":
      return ok(found.value);
    case "elsewhere":
      return failed(elsewhere);
    case "absent":
      return failed(unknown);
  }
}

async function twinOf(index: ImageIndex, twin: number): Promise<Twin | undefined> {
  return (await index.twins(limits.imageTwinsListedMax)).find((each) => each.twin === twin);
}

const firstBytes = 64 * 1024;

/** What the index says of it, from its own file. */
async function readAgain(blobs: StreamedBlobs, twin: Twin): Promise<Result<NewInstance>> {
  const opened = await attempt(() => blobs.open(twin.blob));
  if (!opened.ok) return opened;
  if (opened.value === undefined) return failed(unknown);
  try {
    return await describedAgain(opened.value, twin);
  } finally {
    await opened.value.close();
  }
}

async function describedAgain(file: OpenBlob, { blob, sizeBytes, source, at }: Twin): Promise<Result<NewInstance>> {
  for (let length = firstBytes; ; length *= 4) {
    const isEnd = length >= sizeBytes;
    const header = headerOf(await file.read(0, Math.min(length, sizeBytes)), { is: "file" }, isEnd);
    if (header === undefined) continue;
    if (!header.ok) return header;
    const { dataSet, pixels, transferSyntax, dataSetAt, pixelsAt } = header.value;
    const described = describe(dataSet.replacedBy(dataSet.elements.filter(({ tag }) => tag >>> 16 > 2)), pixels);
    if (!described.ok) return described;
    const whole = { transferSyntax, dataSetAt, pixelsAt, blob: blob as BlobHash, sizeBytes, source, at };
    return ok({ ...described.value, ...whole });
  }
}

const unknown = notFound("image-not-found", "There is no such object kept aside, or what it would stand for is gone.");
const elsewhere = conflict("series-elsewhere", "It belongs to another series than the object that is shown.");
