import { failed, incorrect, ok, type Result } from "#kernel";
import type { DecodedFrame } from "./engine.ts";
import { bytesOfFrame, isSubsampled, type PixelLayout } from "./layout.ts";

/**
 * The samples of a frame that is not compressed: little endian, colour by pixel, a byte for a single bit, YBR with all its colours.
 * Shares the bytes where nothing is to be done. What is wanting at the end is zero, unless nothing is there: `pixel-data-short`.
 * Source: PS3.5 §8.1, PS3.3 §C.7.6.3.1.
 */
export function unpackNative(bytes: Uint8Array, layout: PixelLayout): Result<DecodedFrame> {
  const wanted = bytesOfFrame(layout);
  if (bytes.length === 0) return failed(incorrect("pixel-data-short", "The frame has no pixels."));
  const whole = bytes.length >= wanted ? bytes.subarray(0, wanted) : padded(bytes, wanted);
  if (layout.bitsAllocated === 1) return ok(unpackBits(whole, layout));
  const ordered =
    layout.isLittleEndian || layout.bitsAllocated === 8 ? whole : swapped(whole, layout.bitsAllocated / 8);
  const plain = { ...layout, isLittleEndian: true };
  if (isSubsampled(layout))
    return ok({ bytes: withAllColours(ordered, layout), layout: { ...plain, photometric: "YBR_FULL" } });
  if (!layout.isPlanar) return ok({ bytes: ordered, layout: plain });
  return ok({ bytes: byPixel(ordered, layout), layout: { ...plain, isPlanar: false } });
}

function padded(bytes: Uint8Array, length: number): Uint8Array {
  const whole = new Uint8Array(length);
  whole.set(bytes);
  return whole;
}

function unpackBits(bytes: Uint8Array, layout: PixelLayout): DecodedFrame {
  const samples = new Uint8Array(layout.rows * layout.columns * layout.samplesPerPixel);
  for (let at = 0; at < samples.length; at += 1) samples[at] = ((bytes[at >> 3] as number) >> (at & 7)) & 1;
  return { bytes: samples, layout: { ...layout, bitsAllocated: 8, bitsStored: 1, highBit: 0, isLittleEndian: true } };
}

/** The bytes of each unit in the other order, in new memory. */
export function swapped(bytes: Uint8Array, unitBytes: number): Uint8Array {
  const turned = new Uint8Array(bytes.length);
  for (let at = 0; at + unitBytes <= bytes.length; at += unitBytes)
    for (let step = 0; step < unitBytes; step += 1) turned[at + step] = bytes[at + unitBytes - 1 - step] as number;
  return turned;
}

type Planes = Pick<PixelLayout, "rows" | "columns" | "samplesPerPixel" | "bitsAllocated">;

/** Colour by plane to colour by pixel. */
export function byPixel(planes: Uint8Array, { rows, columns, samplesPerPixel, bitsAllocated }: Planes): Uint8Array {
  const pixels = rows * columns;
  const unitBytes = bitsAllocated / 8;
  const turned = new Uint8Array(pixels * samplesPerPixel * unitBytes);
  for (let sample = 0; sample < samplesPerPixel; sample += 1) {
    let from = sample * pixels * unitBytes;
    for (let pixel = 0; pixel < pixels; pixel += 1) {
      const to = (pixel * samplesPerPixel + sample) * unitBytes;
      for (let byte = 0; byte < unitBytes; byte += 1, from += 1) turned[to + byte] = planes[from] as number;
    }
  }
  return turned;
}

/** Y Y B R for two pixels becomes Y B R Y B R. Source: PS3.3 §C.7.6.3.1.2 (YBR_FULL_422). */
function withAllColours(bytes: Uint8Array, { rows, columns }: PixelLayout): Uint8Array {
  const pairs = Math.ceil(columns / 2);
  const all = new Uint8Array(rows * columns * 3);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const from = (row * pairs + (column >> 1)) * 4;
      const to = (row * columns + column) * 3;
      all[to] = bytes[from + (column & 1)] as number;
      all[to + 1] = bytes[from + 2] as number;
      all[to + 2] = bytes[from + 3] as number;
    }
  }
  return all;
}
