import type { Context } from "#access";
import type { StoredInstance } from "#imaging";
import { failed, limits, notFound, ok, type Result, type StoredRange } from "#kernel";
import type { OpenBlob } from "#record";
import { type DataSet, type Part10File, transferSyntaxOf } from "#standards/dicom";
import {
  type EncodedFrame,
  type FrameIndex,
  type Image,
  imageOf,
  locateFrames,
  type ReadRange,
  readFrame,
} from "#standards/pixels";
import { objectHeader } from "./object-header.ts";
import { storedRange } from "./stored-range.ts";

/** The frames of an object, to be read one by one. */
export interface FrameSource {
  readonly object: StoredInstance;
  readonly image: Image;
  readonly dataSet: DataSet;
  readonly file: Part10File;
  /** Counted from 1. Problems: those of `readFrame`. */
  frame(number: number): Promise<Result<EncodedFrame>>;
  /** Where the frame stands in the file just as it is to be sent; undefined where it has to be put together first. */
  range(number: number): StoredRange | undefined;
  close(): Promise<void>;
}

/** Problems: `no-pixel-data` (not-found), those of `objectHeader`, `imageOf` and `locateFrames`. */
export async function openFrames(
  { images }: Pick<Context, "images">,
  object: StoredInstance,
): Promise<Result<FrameSource>> {
  const blob = await images.open(object.blob);
  if (!blob.ok) return blob;
  // Of pixels that are not compressed no more is read than is sent.
  const isHeld =
    object.sizeBytes <= limits.heldObjectBytesMax && transferSyntaxOf(object.transferSyntax).isEncapsulated;
  const source = await framesIn(object, isHeld ? await held(blob.value) : blob.value);
  if (!source.ok) await blob.value.close();
  return source;
}

/** A small object is read at once: its header and its frame are all there is of it. */
async function held(blob: OpenBlob): Promise<OpenBlob> {
  const bytes = await blob.read(0, blob.sizeBytes);
  return {
    sizeBytes: bytes.length,
    read: async (from, length) => bytes.subarray(from, from + length),
    close: () => blob.close(),
  };
}

/** The same in a file that is open; `close` closes it. */
export async function framesIn(object: StoredInstance, blob: OpenBlob): Promise<Result<FrameSource>> {
  const header = await objectHeader(object, blob);
  if (!header.ok) return header;
  const { dataSet, pixels, file } = header.value;
  const image = imageOf(dataSet, object.transferSyntax);
  if (!image.ok) return image;
  const { layout, frames } = image.value;
  const inside = pixels === undefined ? pixelsInside(dataSet) : undefined;
  const place = pixels ?? inside?.place;
  if (place === undefined) return failed(noPixels);
  const read: ReadRange = inside?.read ?? ((from, length) => blob.read(from, length));
  const index = await locateFrames(read, { layout, frames, place, dataSet: file.dataSet });
  if (!index.ok) return index;
  return ok({
    object,
    image: image.value,
    dataSet,
    file,
    frame: (number) => encoded({ read, index: index.value, syntax: object.transferSyntax }, number),
    range: (number) => (inside === undefined ? rangeOf(blob, index.value, number) : undefined),
    close: () => blob.close(),
  });
}

function rangeOf(blob: OpenBlob, index: FrameIndex, number: number): StoredRange | undefined {
  if (index.is !== "native" || index.isWordSwapped || index.frameBits % 8 !== 0) return undefined;
  const lengthBytes = index.frameBits / 8;
  const from = (number - 1) * lengthBytes;
  const isThere = number >= 1 && number <= index.frames && from + lengthBytes <= index.lengthBytes;
  return isThere ? storedRange(blob, { fromByte: index.valueAt + from, lengthBytes }) : undefined;
}

export const noPixels = notFound("no-pixel-data", "The object has no pixels.", { where: "(7FE0,0010)" });

interface Located {
  readonly read: ReadRange;
  readonly index: FrameIndex;
  readonly syntax: string;
}

async function encoded({ read, index, syntax }: Located, number: number): Promise<Result<EncodedFrame>> {
  const bytes = await readFrame(read, index, number);
  return bytes.ok ? ok({ bytes: bytes.value, syntax }) : bytes;
}

/** The pixels of a deflated object stand in its data set. */
function pixelsInside(dataSet: DataSet) {
  for (const keyword of ["PixelData", "FloatPixelData", "DoubleFloatPixelData"]) {
    const element = dataSet.get(keyword);
    if (element?.content.is !== "bytes") continue;
    const { bytes } = element.content;
    const read: ReadRange = async (from, length) => bytes.subarray(from, from + length);
    return { place: { vr: element.vr, valueAt: 0, lengthBytes: bytes.length }, read };
  }
  return undefined;
}
