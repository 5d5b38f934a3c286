import { inflateRawSync } from "node:zlib";
import { failed, incorrect, ok, type Result } from "#kernel";
import { type DataSet, readPart10, tags, writeDataSet } from "#standards/dicom";
import {
  type FrameIndex,
  type Image,
  imageOf,
  locateFrames,
  pixelDataHeaderBytes,
  pixelDataPlace,
  type ReadRange,
  readFrame,
} from "#standards/pixels";

/** A file whose frames can be read by ranges. */
export interface PixelObject {
  readonly dataSet: DataSet;
  readonly image: Image;
  readonly index: FrameIndex;
  frame(number: number): Promise<Result<Uint8Array>>;
}

/** Frames are found by ranges of the data set's own bytes, as they are in a blob. */
export async function pixelObject(file: Uint8Array): Promise<Result<PixelObject>> {
  const whole = readPart10(file, {
    inflate: (bytes, maxOutputLength) => inflateRawSync(bytes, { maxOutputLength }),
  }).file;
  if (whole === undefined) return failed(incorrect("not-dicom", "It is no DICOM file."));
  const { dataSet, form, syntax } = whole;
  const pixels = [tags.pixelData, tags.floatPixelData, tags.doubleFloatPixelData].find((tag) => dataSet.get(tag));
  if (pixels === undefined) return failed(incorrect("no-pixel-data", "The object has no pixel data."));
  const image = imageOf(dataSet, syntax.uid);
  if (!image.ok) return image;
  const header = writeDataSet(dataSet.replacedBy(dataSet.elements.filter(({ tag }) => tag < pixels)), form);
  const bytes = writeDataSet(dataSet.replacedBy(dataSet.elements.filter(({ tag }) => tag <= pixels)), form);
  const read: ReadRange = async (from, length) => bytes.subarray(from, from + length);
  const place = pixelDataPlace(await read(header.length, pixelDataHeaderBytes), header.length, form);
  if (!place.ok) return place;
  const index = await locateFrames(read, { ...image.value, place: place.value, dataSet });
  if (!index.ok) return index;
  return ok({
    dataSet,
    image: image.value,
    index: index.value,
    frame: (number) => readFrame(read, index.value, number),
  });
}
