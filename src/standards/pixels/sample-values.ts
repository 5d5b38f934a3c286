import type { DecodedFrame } from "./engine.ts";

export type SampleValues =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

/**
 * The samples of a decoded frame as an array over the same memory where it can be; bits beside the stored ones may still be set.
 * Numbers of 64 bits are floating point ones.
 */
export function samplesOf({ bytes, layout }: DecodedFrame): SampleValues {
  const { bitsAllocated, isSigned, numbers } = layout;
  const unitBytes = bitsAllocated / 8;
  const aligned = bytes.byteOffset % unitBytes === 0 ? bytes : bytes.slice();
  const { buffer, byteOffset } = aligned;
  const length = Math.floor(aligned.byteLength / unitBytes);
  if (numbers === "double" || bitsAllocated === 64) return new Float64Array(buffer, byteOffset, length);
  if (numbers === "float") return new Float32Array(buffer, byteOffset, length);
  if (bitsAllocated === 32)
    return isSigned ? new Int32Array(buffer, byteOffset, length) : new Uint32Array(buffer, byteOffset, length);
  if (bitsAllocated === 16)
    return isSigned ? new Int16Array(buffer, byteOffset, length) : new Uint16Array(buffer, byteOffset, length);
  return isSigned ? new Int8Array(buffer, byteOffset, length) : new Uint8Array(buffer, byteOffset, length);
}

/** What it takes to get a stored value out of a sample: the bits beside it cut off, its sign carried. Source: PS3.5 §8.1.1. */
export interface SampleBits {
  readonly shift: number;
  readonly mask: number;
  readonly signBit: number;
}

export function sampleBits({ layout }: Pick<DecodedFrame, "layout">): SampleBits {
  const { bitsStored, highBit, isSigned, numbers } = layout;
  if (numbers !== "integer" || bitsStored > 31) return { shift: 0, mask: -1, signBit: 0 };
  const signBit = isSigned ? 2 ** (bitsStored - 1) : 0;
  return { shift: highBit + 1 - bitsStored, mask: 2 ** bitsStored - 1, signBit };
}

/** The value in a sample. */
export function storedValue(sample: number, { shift, mask, signBit }: SampleBits): number {
  if (mask === -1) return sample;
  const value = (sample >>> shift) & mask;
  return (value & signBit) === 0 ? value : value - 2 * signBit;
}
