import { failed, incorrect, limits, notFound, ok, type Result } from "#kernel";
import { joined } from "#standards/dicom";
import type { FragmentFrames, FrameIndex, NativeFrames, ReadRange, TabledFrames } from "./frame-index.ts";
import { itemHeader, itemHeaderBytes } from "./item-header.ts";
import { swapped } from "./native-frame.ts";
import { bitsFrom } from "./overlay.ts";

/**
 * The bytes of one frame, counted from 1: as it is stored, its fragments joined; of single bits moved to the beginning of a byte.
 * A frame that ends early is given as far as it goes. Problems: `frame-out-of-range`, `frame-too-large`, `frame-misplaced`,
 * `pixel-data-short`.
 */
export async function readFrame(read: ReadRange, index: FrameIndex, frame: number): Promise<Result<Uint8Array>> {
  if (!Number.isInteger(frame) || frame < 1 || frame > index.frames)
    return failed(notFound("frame-out-of-range", `There is no frame ${frame}; the image has ${index.frames}.`));
  switch (index.is) {
    case "native":
      return readNative(read, index, frame - 1);
    case "tabled":
      return readTabled(read, index, frame - 1);
    case "fragments":
      return readFragments(read, index, frame - 1);
  }
}

const tooLarge = failed(incorrect("frame-too-large", "The frame is larger than Corridor works on."));
const short = failed(incorrect("pixel-data-short", "The pixel data end before this frame."));

async function readNative(read: ReadRange, index: NativeFrames, frame: number): Promise<Result<Uint8Array>> {
  const { valueAt, lengthBytes, frameBits, isWordSwapped } = index;
  const bitAt = frame * frameBits;
  // Whole words, so that their bytes can change places.
  const unitBytes = isWordSwapped ? 2 : 1;
  const from = Math.floor(bitAt / 8 / unitBytes) * unitBytes;
  const to = Math.min(Math.ceil((bitAt + frameBits) / 8 / unitBytes) * unitBytes, lengthBytes);
  if (to <= from) return short;
  if (to - from > limits.frameBytesMax) return tooLarge;
  const bytes = await read(valueAt + from, to - from);
  const ordered = isWordSwapped ? swapped(bytes, 2) : bytes;
  const wanted = Math.min(frameBits, ordered.length * 8 - (bitAt - from * 8));
  return wanted <= 0 ? short : ok(bitsFrom(ordered, bitAt - from * 8, wanted));
}

async function readTabled(read: ReadRange, { itemAt }: TabledFrames, frame: number): Promise<Result<Uint8Array>> {
  const from = itemAt[frame] as number;
  const next = itemAt[frame + 1];
  // The last frame ends with the sequence; its length is known from its items alone.
  if (next === undefined) return readItems(read, from);
  if (next - from > limits.frameBytesMax) return tooLarge;
  const bytes = await read(from, next - from);
  const parts: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const header = itemHeader(bytes, at);
    if (header?.is !== "item") break;
    parts.push(bytes.subarray(at + itemHeaderBytes, at + itemHeaderBytes + header.lengthBytes));
    at += itemHeaderBytes + header.lengthBytes;
  }
  return parts.length === 0 ? misplaced : ok(joined(parts));
}

const misplaced = failed(incorrect("frame-misplaced", "The offset table names a place where no frame begins."));

async function readItems(read: ReadRange, from: number): Promise<Result<Uint8Array>> {
  const parts: Uint8Array[] = [];
  let lengthBytes = 0;
  for (let at = from; parts.length < limits.fragmentsMax; ) {
    const header = itemHeader(await read(at, itemHeaderBytes), 0);
    if (header?.is !== "item") break;
    lengthBytes += header.lengthBytes;
    if (lengthBytes > limits.frameBytesMax) return tooLarge;
    parts.push(await read(at + itemHeaderBytes, header.lengthBytes));
    at += itemHeaderBytes + header.lengthBytes;
  }
  return parts.length === 0 ? misplaced : ok(joined(parts));
}

async function readFragments(read: ReadRange, index: FragmentFrames, frame: number): Promise<Result<Uint8Array>> {
  const { at, lengthBytes, firstFragment } = index;
  const first = firstFragment[frame] as number;
  const end = firstFragment[frame + 1] as number;
  const total = lengthBytes.subarray(first, end).reduce((sum, length) => sum + length, 0);
  if (total > limits.frameBytesMax) return tooLarge;
  const parts: Uint8Array[] = [];
  for (let fragment = first; fragment < end; fragment += 1)
    parts.push(await read(at[fragment] as number, lengthBytes[fragment] as number));
  return total === 0 ? short : ok(joined(parts));
}
