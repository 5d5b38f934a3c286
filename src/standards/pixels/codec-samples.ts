import type { DecodedFrame } from "./engine.ts";
import type { PixelLayout } from "./layout.ts";

/** What a decoder gave: samples colour by pixel, a byte each up to 8 bits, else two, little endian. */
export interface CodecSamples {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly samplesPerPixel: number;
  readonly bits: number;
  readonly isSigned: boolean;
}

/**
 * A decoder's samples as the data set has them: as wide, and with the sign that it tells of. Where decoder and data set differ in
 * size or bits the decoder is right, as it has seen the picture.
 */
export function asStored(samples: CodecSamples, layout: PixelLayout): DecodedFrame {
  const { width, height, samplesPerPixel } = samples;
  const unitBytes = samples.bits > 8 ? 2 : 1;
  const bitsAllocated = Math.max(layout.bitsAllocated === 1 ? 8 : layout.bitsAllocated, unitBytes * 8);
  const isShifted = samples.bits >= bitsAllocated && layout.highBit + 1 > layout.bitsStored;
  const bitsStored = isShifted ? layout.bitsStored : Math.max(Math.min(layout.bitsStored, bitsAllocated), samples.bits);
  const stored: PixelLayout = {
    ...layout,
    rows: height,
    columns: width,
    samplesPerPixel,
    bitsAllocated,
    bitsStored,
    highBit: isShifted ? layout.highBit : bitsStored - 1,
    isPlanar: false,
    isLittleEndian: true,
    photometric: samplesPerPixel === 1 && layout.samplesPerPixel !== 1 ? "MONOCHROME2" : layout.photometric,
  };
  const fits =
    bitsAllocated === unitBytes * 8 && (!layout.isSigned || samples.isSigned || samples.bits === bitsAllocated);
  return { bytes: fits ? samples.bytes : widened(samples, stored), layout: stored };
}

function widened({ bytes, bits, isSigned }: CodecSamples, stored: PixelLayout): Uint8Array {
  const unitBytes = bits > 8 ? 2 : 1;
  const aligned = bytes.byteOffset % unitBytes === 0 ? bytes : bytes.slice();
  const count = Math.floor(aligned.length / unitBytes);
  const narrow = unitBytes === 2 ? new Uint16Array(aligned.buffer, aligned.byteOffset, count) : aligned;
  // Moves the highest bit that is there to the highest of 32, and back with its sign.
  const shift = stored.isSigned || isSigned ? 32 - bits : 0;
  const wide = Int32Array.from(narrow as Uint8Array, (sample) => (sample << shift) >> shift);
  if (stored.bitsAllocated === 32) return new Uint8Array(wide.buffer);
  return stored.bitsAllocated === 16
    ? new Uint8Array(Int16Array.from(wide).buffer)
    : new Uint8Array(Int8Array.from(wide).buffer);
}

/** What an encoder is given: so many bits of each sample, without those beside them. */
export interface SamplesToEncode {
  readonly bytes: Uint8Array;
  readonly bits: number;
  /** Negative samples are given as they stand in memory. */
  readonly isSigned: boolean;
}

export interface EncoderKind {
  /** Whether it takes negative samples. */
  readonly knowsSigns: boolean;
  /** The bits that it writes, rising; any when absent. */
  readonly widths?: readonly number[];
}

/**
 * The samples of a frame of 8 or 16 bits for an encoder. Where bits beside the stored ones are set, as old senders put overlays
 * there, all bits are kept: what comes back is what went in. Without `isSigned` the encoder knows no negative samples, and the
 * bits of their sign are cut off; decoding puts them back. An encoder of some `widths` alone is given as many bits as the next one.
 */
export function toEncode({ bytes, layout }: DecodedFrame, { knowsSigns, widths }: EncoderKind): SamplesToEncode {
  const { bitsAllocated, bitsStored, highBit, isSigned } = layout;
  const unitBytes = bitsAllocated / 8;
  const aligned = bytes.byteOffset % unitBytes === 0 ? bytes : bytes.slice();
  const samples = unitBytes === 2 ? new Uint16Array(aligned.buffer, aligned.byteOffset, aligned.length >> 1) : aligned;
  const isNarrow = bitsStored < bitsAllocated && highBit === bitsStored - 1 && fits(samples, layout);
  const needed = isNarrow ? bitsStored : bitsAllocated;
  const bits = widths?.find((width) => width >= needed) ?? needed;
  // A wrapper knows from the bits how wide a sample is: below nine it takes bytes.
  if (unitBytes === 2 && bits <= 8) return narrowed(samples, { bits, isSigned: isSigned && knowsSigns });
  if (!isSigned || knowsSigns || bits === bitsAllocated)
    return { bytes: aligned, bits, isSigned: isSigned && knowsSigns };
  const mask = 2 ** bits - 1;
  const cut = samples.map((sample) => sample & mask);
  return { bytes: new Uint8Array(cut.buffer), bits, isSigned: false };
}

function narrowed(samples: Uint8Array | Uint16Array, more: { bits: number; isSigned: boolean }): SamplesToEncode {
  const mask = more.isSigned ? 0xff : 2 ** more.bits - 1;
  return { bytes: Uint8Array.from(samples, (sample) => sample & mask), ...more };
}

/** Whether the bits above the stored ones are zero, or those of the sign. */
function fits(samples: Uint8Array | Uint16Array, { bitsStored, bitsAllocated, isSigned }: PixelLayout): boolean {
  const above = 32 - bitsAllocated;
  const shift = 32 - bitsStored;
  if (!isSigned) return samples.every((sample) => sample >>> bitsStored === 0);
  return samples.every((sample) => (sample << above) >> above === (sample << shift) >> shift);
}
