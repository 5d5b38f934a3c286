import type { DataSet } from "#standards/dicom";

/** The lay-out of uncompressed pixel data. Source: PS3.3 §C.7.6.3. */
export interface PixelLayout {
  readonly rows: number;
  readonly columns: number;
  readonly frames: number;
  readonly samples: number;
  readonly sampleBytes: 1 | 2 | 4;
  readonly isPlanar: boolean;
  readonly bitsStored: number;
  readonly highBit: number;
  readonly isSigned: boolean;
  /** What is black, by sample. */
  readonly black: readonly number[];
}

/** Undefined where pixels share bytes or colours with their neighbours, and for what is no picture. */
export function pixelLayoutOf(dataSet: DataSet): PixelLayout | undefined {
  const [rows, columns] = [dataSet.number("Rows"), dataSet.number("Columns")];
  const bits = dataSet.number("BitsAllocated");
  const samples = dataSet.number("SamplesPerPixel") ?? 1;
  if (rows === undefined || columns === undefined || (bits !== 8 && bits !== 16 && bits !== 32)) return undefined;
  const black = blackOf(dataSet, samples);
  if (black === undefined) return undefined;
  const bitsStored = dataSet.number("BitsStored") ?? bits;
  return {
    rows,
    columns,
    samples,
    black,
    bitsStored,
    frames: dataSet.number("NumberOfFrames") ?? 1,
    sampleBytes: (bits / 8) as 1 | 2 | 4,
    isPlanar: dataSet.number("PlanarConfiguration") === 1,
    highBit: dataSet.number("HighBit") ?? bitsStored - 1,
    isSigned: dataSet.number("PixelRepresentation") === 1,
  };
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

/**
 * How long uncompressed pixel data are by their header, even; what stands behind is no picture. Undefined where the header does not
 * tell. Source: PS3.3 §C.7.6.3, PS3.5 §8.1.1.
 */
export function pixelBytes(dataSet: DataSet): number | undefined {
  const [rows, columns, bits] = ["Rows", "Columns", "BitsAllocated"].map((keyword) => dataSet.number(keyword));
  if (rows === undefined || columns === undefined || bits === undefined) return undefined;
  const isShared = dataSet.text("PhotometricInterpretation") === "YBR_FULL_422";
  const samples = isShared ? 2 : (dataSet.number("SamplesPerPixel") ?? 1);
  const allBits = rows * columns * samples * bits * (dataSet.number("NumberOfFrames") ?? 1);
  return 2 * Math.ceil(allBits / 16);
}

interface Samples {
  readonly view: DataView;
  readonly isLittleEndian: boolean;
  readonly layout: PixelLayout;
}

/** Reads the bits of a sample at a byte, without a sign. */
export function sampleReader({ view, isLittleEndian, layout }: Samples): (at: number) => number {
  if (layout.sampleBytes === 1) return (at) => view.getUint8(at);
  if (layout.sampleBytes === 2) return (at) => view.getUint16(at, isLittleEndian);
  return (at) => view.getUint32(at, isLittleEndian);
}

export function sampleWriter({ view, isLittleEndian, layout }: Samples): (at: number, value: number) => void {
  if (layout.sampleBytes === 1) return (at, value) => view.setUint8(at, value);
  if (layout.sampleBytes === 2) return (at, value) => view.setUint16(at, value, isLittleEndian);
  return (at, value) => view.setUint32(at, value, isLittleEndian);
}
