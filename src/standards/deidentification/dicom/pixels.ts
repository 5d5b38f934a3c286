import { failed, incorrect, ok, type Result, unsupported } from "#kernel";
import { type DataElement, type DataSet, tags } from "#standards/dicom";
import type { Rectangle } from "./image-rules.ts";

/** The lay-out of uncompressed pixel data. Source: PS3.3 §C.7.6.3. */
interface Layout {
  readonly rows: number;
  readonly columns: number;
  readonly frames: number;
  readonly samples: number;
  readonly sampleBytes: 1 | 2 | 4;
  readonly isPlanar: boolean;
  /** What is black, by sample. */
  readonly black: readonly number[];
}

/**
 * Pixel data with the regions black in every frame. Problems: unsupported `pixels-compressed`, `pixels-lay-out`; incorrect
 * `pixels-length`.
 */
export function blackened(dataSet: DataSet, regions: readonly Rectangle[]): Result<DataElement> {
  const element = dataSet.get(tags.pixelData);
  if (element?.content.is !== "bytes")
    return failed(unsupported("pixels-compressed", "Regions of compressed pixel data cannot be blackened.", place));
  const layout = layoutOf(dataSet);
  if (layout === undefined)
    return failed(unsupported("pixels-lay-out", "Regions of pixel data of this kind cannot be blackened.", place));
  const { rows, columns, frames, samples, sampleBytes } = layout;
  if (rows * columns * frames * samples * sampleBytes > element.content.bytes.length)
    return failed(incorrect("pixels-length", "There are fewer pixel data than the header says.", place));
  const bytes = element.content.bytes.slice();
  const { isLittleEndian } = element.content;
  for (const region of regions) blacken(new DataView(bytes.buffer), { layout, region, isLittleEndian });
  return ok({ ...element, content: { ...element.content, bytes } });
}

const place = { where: "(7FE0,0010)" };

function layoutOf(dataSet: DataSet): Layout | undefined {
  const [rows, columns] = [dataSet.number("Rows"), dataSet.number("Columns")];
  const bits = dataSet.number("BitsAllocated");
  const samples = dataSet.number("SamplesPerPixel") ?? 1;
  if (rows === undefined || columns === undefined || (bits !== 8 && bits !== 16 && bits !== 32)) return undefined;
  const black = blackOf(dataSet, samples);
  if (black === undefined) return undefined;
  const frames = dataSet.number("NumberOfFrames") ?? 1;
  const isPlanar = dataSet.number("PlanarConfiguration") === 1;
  return { rows, columns, frames, samples, sampleBytes: (bits / 8) as 1 | 2 | 4, isPlanar, black };
}

function blackOf(dataSet: DataSet, samples: number): readonly number[] | undefined {
  switch (dataSet.text("PhotometricInterpretation")) {
    case "MONOCHROME2":
    case "PALETTE COLOR":
    case "RGB":
      return Array.from({ length: samples }, () => 0);
    case "MONOCHROME1":
      return [2 ** ((dataSet.number("BitsStored") ?? 8) - (dataSet.number("PixelRepresentation") ?? 0)) - 1];
    case "YBR_FULL":
      return [0, 128, 128];
    default:
      // Others share colours between neighbouring pixels.
      return undefined;
  }
}

interface Blackening {
  readonly layout: Layout;
  readonly region: Rectangle;
  readonly isLittleEndian: boolean;
}

function blacken(view: DataView, { layout, region, isLittleEndian }: Blackening): void {
  const { rows, columns, frames, samples, sampleBytes, isPlanar, black } = layout;
  const [right, bottom] = [Math.min(columns, region.x + region.width), Math.min(rows, region.y + region.height)];
  for (let frame = 0; frame < frames; frame += 1)
    for (let y = Math.max(0, region.y); y < bottom; y += 1)
      for (let x = Math.max(0, region.x); x < right; x += 1)
        for (let sample = 0; sample < samples; sample += 1) {
          const pixel = y * columns + x;
          const within = isPlanar ? sample * rows * columns + pixel : pixel * samples + sample;
          const at = (frame * rows * columns * samples + within) * sampleBytes;
          setSample(view, { at, sampleBytes, value: black[sample] ?? 0, isLittleEndian });
        }
}

interface Sample {
  readonly at: number;
  readonly sampleBytes: 1 | 2 | 4;
  readonly value: number;
  readonly isLittleEndian: boolean;
}

function setSample(view: DataView, { at, sampleBytes, value, isLittleEndian }: Sample): void {
  if (sampleBytes === 1) view.setUint8(at, value);
  else if (sampleBytes === 2) view.setUint16(at, value, isLittleEndian);
  else view.setUint32(at, value, isLittleEndian);
}
