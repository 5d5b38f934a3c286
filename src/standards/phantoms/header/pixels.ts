import type { Attributes } from "#standards/dicom";

export interface PixelsOf {
  readonly rows: number;
  readonly columns: number;
  readonly bitsStored: number;
  readonly photometric: "MONOCHROME1" | "MONOCHROME2" | "RGB";
}

/** Of pixels without sign, 8 or 16 bits each. Source: PS3.3 §C.7.6.3 (Image Pixel). */
export function pixelModule({ rows, columns, bitsStored, photometric }: PixelsOf): Attributes {
  const isColour = photometric === "RGB";
  return {
    SamplesPerPixel: isColour ? 3 : 1,
    PhotometricInterpretation: photometric,
    ...(isColour ? { PlanarConfiguration: 0 } : {}),
    Rows: rows,
    Columns: columns,
    BitsAllocated: bitsStored > 8 ? 16 : 8,
    BitsStored: bitsStored,
    HighBit: bitsStored - 1,
    PixelRepresentation: 0,
  };
}

/** The bytes of whole numbers from 0 to the highest of so many bits. */
export function storedPixels(pixels: Float32Array, bitsStored: number): Uint8Array {
  const highest = 2 ** bitsStored - 1;
  const stored = bitsStored > 8 ? new Uint16Array(pixels.length) : new Uint8Array(pixels.length);
  for (let at = 0; at < pixels.length; at += 1) {
    const value = (pixels[at] as number) + 0.5;
    stored[at] = value < 0 ? 0 : value > highest ? highest : value;
  }
  // Every machine that Node runs on is little endian.
  return new Uint8Array(stored.buffer);
}
