import { type DataElement, type DataSet, groupOf, tagOf } from "#standards/dicom";
import type { Rectangle } from "./image-rules.ts";

/** An overlay's plane by the numbers of its elements. Source: PS3.3 §C.9.2. */
const [rowsAt, columnsAt, framesAt, originAt, bitAt, dataAt] = [0x0010, 0x0011, 0x0015, 0x0050, 0x0102, 0x3000];

/** 6000 to 60FF, even. */
export function isOverlay({ tag }: DataElement): boolean {
  const group = groupOf(tag);
  return group >= 0x6000 && group <= 0x60ff && group % 2 === 0;
}

/** Whether some bits of the pixels are an overlay, as was done once. */
export function hasOverlaysInPixels(dataSet: DataSet): boolean {
  return dataSet.elements.some(
    (element) => isOverlay(element) && (element.tag & 0xffff) === bitAt && (dataSet.number(element.tag) ?? 0) > 0,
  );
}

/**
 * The data set with what of its overlays may stay: each with its own plane of bits, in which these parts of the picture are
 * empty. Where the parts are not known, no overlay stays.
 */
export function withCleanOverlays(dataSet: DataSet, black: readonly Rectangle[] | undefined): DataSet {
  if (!dataSet.elements.some(isOverlay)) return dataSet;
  const planes = new Map<number, DataElement | undefined>();
  return dataSet.replacedBy(
    dataSet.elements.flatMap((element) => {
      if (!isOverlay(element)) return [element];
      const group = groupOf(element.tag);
      if (!planes.has(group)) planes.set(group, black && clearedPlane(dataSet, group, black));
      const plane = planes.get(group);
      if (plane === undefined) return [];
      return [element.tag === plane.tag ? plane : element];
    }),
  );
}

function clearedPlane(dataSet: DataSet, group: number, black: readonly Rectangle[]): DataElement | undefined {
  const at = (element: number) => tagOf(group, element);
  const plane = dataSet.get(at(dataAt));
  const [rows, columns] = [dataSet.number(at(rowsAt)), dataSet.number(at(columnsAt))];
  if (plane?.content.is !== "bytes" || rows === undefined || columns === undefined) return undefined;
  const frames = dataSet.number(at(framesAt)) ?? 1;
  // Within a word of 16 bits the first is the lowest of its number.
  const swaps = plane.vr === "OW" && !plane.content.isLittleEndian;
  const bytes = new Uint8Array(plane.content.bytes);
  if (rows * columns * frames > bytes.length * 8) return undefined;
  const [top = 1, left = 1] = dataSet.numbers(at(originAt));
  for (const region of black) {
    const moved = { ...region, x: region.x - (left - 1), y: region.y - (top - 1) };
    for (let frame = 0; frame < frames; frame += 1)
      clear(bytes, moved, { rows, columns, firstBit: frame * rows * columns, swaps });
  }
  return { ...plane, content: { ...plane.content, bytes } };
}

interface Plane {
  readonly rows: number;
  readonly columns: number;
  readonly firstBit: number;
  readonly swaps: boolean;
}

function clear(bytes: Uint8Array, region: Rectangle, { rows, columns, firstBit, swaps }: Plane): void {
  const [right, bottom] = [Math.min(columns, region.x + region.width), Math.min(rows, region.y + region.height)];
  for (let y = Math.max(0, region.y); y < bottom; y += 1)
    for (let x = Math.max(0, region.x); x < right; x += 1) {
      const bit = firstBit + y * columns + x;
      const byte = swaps ? (bit >>> 3) ^ 1 : bit >>> 3;
      bytes[byte] = (bytes[byte] ?? 0) & ~(1 << (bit & 7));
    }
}
