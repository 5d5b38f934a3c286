import { inflateRawSync } from "node:zlib";
import { failed, incorrect, ok, type Result } from "#kernel";
import { type Part10File, readPart10, tags, writeDataSet } from "#standards/dicom";
import {
  type DecodedFrame,
  type EncodedFrame,
  type FrameIndex,
  frameImage,
  type Image,
  imageOf,
  locateFrames,
  type PixelEngine,
  pixelDataHeaderBytes,
  pixelDataPlace,
  type ReadRange,
  type RenderedImage,
  type RenderWish,
  readFrame,
  type TranscodePlan,
  transcodedDataSet,
  transcodedFileMeta,
} from "#standards/pixels";

/** A file whose frames are read by ranges, as from a blob. */
export interface PixelObject {
  readonly file: Part10File;
  readonly image: Image;
  readonly index: FrameIndex;
  frame(number: number): Promise<Result<EncodedFrame>>;
}

function inflate(bytes: Uint8Array, maxOutputLength: number): Uint8Array | undefined {
  return inflateRawSync(bytes, { maxOutputLength });
}

const pixelTags = [tags.pixelData, tags.floatPixelData, tags.doubleFloatPixelData];

/** Problems: `not-dicom`, `no-pixel-data`, and those of `imageOf` and `locateFrames`. */
export async function pixelObject(bytes: Uint8Array): Promise<Result<PixelObject>> {
  const { file } = readPart10(bytes, { inflate });
  if (file === undefined) return failed(incorrect("not-dicom", "It is no DICOM file."));
  const { dataSet, form, syntax } = file;
  const pixels = pixelTags.find((tag) => dataSet.get(tag) !== undefined);
  if (pixels === undefined) return failed(incorrect("no-pixel-data", "The object has no pixel data."));
  const image = imageOf(dataSet, syntax.uid);
  if (!image.ok) return image;
  const before = dataSet.elements.filter(({ tag }) => tag < pixels);
  const at = writeDataSet(dataSet.replacedBy(before), form).length;
  const stored = writeDataSet(dataSet, form);
  const read: ReadRange = async (from, length) => stored.subarray(from, from + length);
  const place = pixelDataPlace(await read(at, pixelDataHeaderBytes), at, form);
  if (!place.ok) return place;
  const index = await locateFrames(read, { ...image.value, place: place.value, dataSet });
  if (!index.ok) return index;
  const frame = async (number: number): Promise<Result<EncodedFrame>> => {
    const found = await readFrame(read, index.value, number);
    return found.ok ? ok({ bytes: found.value, syntax: syntax.uid }) : found;
  };
  return ok({ file, image: image.value, index: index.value, frame });
}

export async function decoded(engine: PixelEngine, object: PixelObject, number: number): Promise<Result<DecodedFrame>> {
  const frame = await object.frame(number);
  return frame.ok ? engine.decode(frame.value, object.image.layout) : frame;
}

export async function rendered(
  engine: PixelEngine,
  object: PixelObject,
  { number, wish }: { readonly number: number; readonly wish: RenderWish },
): Promise<Result<RenderedImage>> {
  const frame = await object.frame(number);
  if (!frame.ok) return frame;
  const image = frameImage(object.image, number);
  return image.ok ? engine.render(frame.value, image.value, wish) : image;
}

/** The whole file in another transfer syntax, as a receiver gets it. */
export async function transcoded(
  engine: PixelEngine,
  { file, image, frame }: PixelObject,
  plan: TranscodePlan,
): Promise<Result<Uint8Array>> {
  const newInstanceUid = plan.isLossy ? "2.25.1" : undefined;
  const made = { plan, ...(newInstanceUid === undefined ? {} : { newInstanceUid }) };
  const parts: Uint8Array[] = [transcodedFileMeta(file.meta, made)];
  const stored = async function* () {
    for (let number = 1; number <= image.frames; number += 1) {
      const found = await frame(number);
      if (found.ok) yield found.value;
    }
  };
  const object = { ...made, dataSet: file.dataSet, frames: image.frames };
  for await (const part of transcodedDataSet({ ...object, encoded: engine.transcodeAll(stored(), plan) })) {
    if (!part.ok) return part;
    parts.push(part.value);
  }
  return ok(Buffer.concat(parts));
}
