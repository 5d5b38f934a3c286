import { failed, incorrect, ok, type Result, unsupported } from "#kernel";
import { type DataElement, type DataSet, tags } from "#standards/dicom";
import { CodestreamCleaner } from "./codestream.ts";
import { headGeometry, withoutFace } from "./face.ts";
import type { Rectangle } from "./image-rules.ts";
import { type PixelLayout, pixelBytes, pixelLayoutOf, sampleReader, sampleWriter } from "./pixel-layout.ts";

/** What is to be done to pixels before they go out. */
export interface PixelWork {
  readonly black: readonly Rectangle[];
  /** Bits that hold no pixel are emptied: an overlay may be in them. */
  readonly isSpareEmptied: boolean;
  /** Whatever lies before the bones of a head is taken off. */
  readonly isFaceRemoved: boolean;
}

/** Whether pixels may pass by as they are. */
export function isNothing({ black, isSpareEmptied, isFaceRemoved }: PixelWork): boolean {
  return black.length === 0 && !isSpareEmptied && !isFaceRemoved;
}

/**
 * Pixel data with that done in every frame. Problems: unsupported `pixels-compressed`, `pixels-lay-out`, `recognizable-features`
 * (no head could be made out); incorrect `pixels-length`.
 */
export function cleanedPixels(dataSet: DataSet, work: PixelWork): Result<DataElement> {
  const element = dataSet.get(tags.pixelData);
  if (element?.content.is !== "bytes")
    return failed(unsupported("pixels-compressed", "Compressed pixel data cannot be cleaned.", place));
  const layout = pixelLayoutOf(dataSet);
  if (layout === undefined)
    return failed(unsupported("pixels-lay-out", "Pixel data of this kind cannot be cleaned.", place));
  const { rows, columns, frames, samples, sampleBytes } = layout;
  if (rows * columns * frames * samples * sampleBytes > element.content.bytes.length)
    return failed(incorrect("pixels-length", "There are fewer pixel data than the header says.", place));
  // Not by `slice`, which for a Buffer of Node copies nothing.
  const bytes = new Uint8Array(element.content.bytes.subarray(0, pixelBytes(dataSet)));
  const pixels = { view: new DataView(bytes.buffer), isLittleEndian: element.content.isLittleEndian, layout };
  if (work.isSpareEmptied) emptySpare(pixels);
  if (work.isFaceRemoved) {
    const geometry = headGeometry(dataSet);
    if (geometry === undefined || !withoutFace(pixels, geometry))
      return failed(unsupported("recognizable-features", "A face may be seen, and could not be taken off.", place));
  }
  for (const region of work.black) blacken(pixels, region);
  return ok({ ...element, content: { ...element.content, bytes } });
}

/** Pixel data as they are, without what is written into or behind them besides the picture. */
export function onlyPixels(dataSet: DataSet, element: DataElement): DataElement | undefined {
  const { content } = element;
  if (content.is === "bytes")
    return { ...element, content: { ...content, bytes: content.bytes.subarray(0, pixelBytes(dataSet)) } };
  if (content.is !== "fragments") return undefined;
  const cleaner = new CodestreamCleaner();
  const [offsets, ...frames] = content.fragments;
  const fragments = [...(offsets === undefined ? [] : [offsets]), ...frames.map((frame) => cleaner.clean(frame))];
  return { ...element, content: { ...content, fragments } };
}

const place = { where: "(7FE0,0010)" };

export interface Pixels {
  readonly view: DataView;
  readonly isLittleEndian: boolean;
  readonly layout: PixelLayout;
}

function blacken(pixels: Pixels, region: Rectangle): void {
  const { rows, columns, frames, samples, sampleBytes, isPlanar, black } = pixels.layout;
  const write = sampleWriter(pixels);
  const [right, bottom] = [Math.min(columns, region.x + region.width), Math.min(rows, region.y + region.height)];
  for (let frame = 0; frame < frames; frame += 1)
    for (let y = Math.max(0, region.y); y < bottom; y += 1)
      for (let x = Math.max(0, region.x); x < right; x += 1)
        for (let sample = 0; sample < samples; sample += 1) {
          const pixel = y * columns + x;
          const within = isPlanar ? sample * rows * columns + pixel : pixel * samples + sample;
          write((frame * rows * columns * samples + within) * sampleBytes, black[sample] ?? 0);
        }
}

/** Bits outside those stored are 0; of numbers with a sign those above repeat it. */
function emptySpare(pixels: Pixels): void {
  const { rows, columns, frames, samples, sampleBytes, bitsStored, highBit, isSigned } = pixels.layout;
  const [read, write] = [sampleReader(pixels), sampleWriter(pixels)];
  const above = 31 - highBit;
  const lowBit = highBit - bitsStored + 1;
  const count = rows * columns * frames * samples;
  for (let index = 0; index < count; index += 1) {
    const at = index * sampleBytes;
    const atTop = read(at) << above;
    write(at, ((isSigned ? atTop >> above : atTop >>> above) >> lowBit) << lowBit);
  }
}
