/** How the samples of a frame lie in its bytes, before or after decoding. Source: PS3.3 §C.7.6.3.1. */
export interface PixelLayout {
  readonly rows: number;
  readonly columns: number;
  readonly samplesPerPixel: number;
  /** 1, 8, 16, 32 or 64. */
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  /** The most significant bit of a sample, counted from 0. */
  readonly highBit: number;
  readonly isSigned: boolean;
  /** `float` of 32 bits, `double` of 64. Source: PS3.3 §C.7.6.24, §C.7.6.25. */
  readonly numbers: "integer" | "float" | "double";
  readonly photometric: Photometric;
  /** Whether all samples of a colour come before those of the next. */
  readonly isPlanar: boolean;
  /** The order of the bytes of samples of several. */
  readonly isLittleEndian: boolean;
}

/** Source: PS3.3 §C.7.6.3.1.2. */
export const photometrics = [
  "MONOCHROME1",
  "MONOCHROME2",
  "PALETTE COLOR",
  "RGB",
  "YBR_FULL",
  "YBR_FULL_422",
  "YBR_PARTIAL_422",
  "YBR_PARTIAL_420",
  "YBR_ICT",
  "YBR_RCT",
  "XYB",
  "HSV",
  "ARGB",
  "CMYK",
] as const;

export type Photometric = (typeof photometrics)[number];

export function isMonochrome({ photometric }: Pick<PixelLayout, "photometric">): boolean {
  return photometric === "MONOCHROME1" || photometric === "MONOCHROME2";
}

/** Two pixels share their colours: four bytes for them. */
export function isSubsampled({ photometric }: Pick<PixelLayout, "photometric">): boolean {
  return photometric === "YBR_FULL_422" || photometric === "YBR_PARTIAL_422";
}

/** Samples of a frame as it is stored when it is not compressed. */
function samplesOfFrame(layout: PixelLayout): number {
  const pixels = layout.rows * layout.columns;
  return isSubsampled(layout) && layout.samplesPerPixel === 3
    ? layout.rows * Math.ceil(layout.columns / 2) * 4
    : pixels * layout.samplesPerPixel;
}

/** Bits of a frame when it is not compressed: frames of single bits follow each other without padding. Source: PS3.5 §8.1.1. */
export function bitsOfFrame(layout: PixelLayout): number {
  return samplesOfFrame(layout) * layout.bitsAllocated;
}

/** Bytes of one such frame by itself. */
export function bytesOfFrame(layout: PixelLayout): number {
  return Math.ceil(bitsOfFrame(layout) / 8);
}
