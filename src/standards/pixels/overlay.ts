import { type DataSet, tagOf } from "#standards/dicom";
import type { Overlay } from "./display.ts";

/** Groups 6000 to 601E. Source: PS3.5 §7.6. */
const groups = Array.from({ length: 16 }, (_, index) => 0x6000 + 2 * index);

/** The overlays of one frame, counted from 1, that have bits of their own; those within pixel data are retired. Source: PS3.3 §C.9.2. */
export function overlaysOf(dataSet: DataSet, frame: number): readonly Overlay[] {
  return groups.flatMap((group) => overlayOf(dataSet, group, frame) ?? []);
}

function overlayOf(dataSet: DataSet, group: number, frame: number): Overlay | undefined {
  const rows = dataSet.number(tagOf(group, 0x0010));
  const columns = dataSet.number(tagOf(group, 0x0011));
  const content = dataSet.get(tagOf(group, 0x3000))?.content;
  if (rows === undefined || columns === undefined || content?.is !== "bytes") return undefined;
  const [row = 1, column = 1] = dataSet.numbers(tagOf(group, 0x0050));
  const frames = dataSet.number(tagOf(group, 0x0015)) ?? 1;
  const index = frames === 1 ? 0 : frame - (dataSet.number(tagOf(group, 0x0051)) ?? 1);
  if (index < 0 || index >= frames) return undefined;
  const bits = bitsFrom(content.bytes, index * rows * columns, rows * columns);
  return { rows, columns, row: row - 1, column: column - 1, bits };
}

/** Bits from a place that need not be the beginning of a byte, moved to the beginning of one. The lowest bit of a byte is first. */
export function bitsFrom(bytes: Uint8Array, bitAt: number, bitCount: number): Uint8Array {
  const start = Math.floor(bitAt / 8);
  const shift = bitAt % 8;
  const length = Math.ceil(bitCount / 8);
  if (shift === 0) return bytes.subarray(start, start + length);
  const moved = new Uint8Array(length);
  for (let at = 0; at < length; at += 1) {
    const low = bytes[start + at] ?? 0;
    const high = bytes[start + at + 1] ?? 0;
    moved[at] = ((low | (high << 8)) >> shift) & 0xff;
  }
  return moved;
}
