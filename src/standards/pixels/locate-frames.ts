import { failed, incorrect, limits, ok, type Result } from "#kernel";
import { type DataSet, tagOf } from "#standards/dicom";
import { scanFragments } from "./fragment-scan.ts";
import type { FrameIndex, ReadRange, TabledFrames } from "./frame-index.ts";
import { itemHeader, itemHeaderBytes } from "./item-header.ts";
import { bitsOfFrame, type PixelLayout } from "./layout.ts";
import type { PixelDataPlace } from "./pixel-data-place.ts";

export interface FramesToLocate {
  readonly layout: PixelLayout;
  readonly frames: number;
  readonly place: PixelDataPlace;
  /** Has the Extended Offset Table, where there is one. */
  readonly dataSet?: DataSet;
}

/**
 * Where the frames are. Those that are not compressed are worked out; those that are stand in the Extended or Basic Offset Table,
 * or are found by the headers of the items. However large the object is, little of it is read.
 * Problems: `no-pixel-data`, and those of `scanFragments`. Source: PS3.5 §A.4, PS3.3 §C.7.6.3.1.8.
 */
export async function locateFrames(read: ReadRange, wanted: FramesToLocate): Promise<Result<FrameIndex>> {
  const { layout, frames, place } = wanted;
  if (place.lengthBytes !== undefined) {
    const isWordSwapped = place.vr === "OW" && layout.bitsAllocated <= 8 && !layout.isLittleEndian;
    const { valueAt, lengthBytes } = place;
    return ok({ is: "native", frames, valueAt, lengthBytes, frameBits: bitsOfFrame(layout), isWordSwapped });
  }
  const table = itemHeader(await read(place.valueAt, itemHeaderBytes), 0);
  if (table?.is !== "item")
    return failed(incorrect("no-pixel-data", "The pixel data have no items.", { where: "(7FE0,0010)" }));
  const firstItemAt = place.valueAt + itemHeaderBytes + table.lengthBytes;
  const tabled =
    extendedTable(wanted, firstItemAt) ??
    (await basicTable(read, { frames, at: place.valueAt + itemHeaderBytes, lengthBytes: table.lengthBytes }));
  return tabled === undefined ? scanFragments(read, firstItemAt, frames) : ok(tabled);
}

const extendedOffsets = tagOf(0x7fe0, 0x0001);

function extendedTable({ dataSet, frames }: FramesToLocate, firstItemAt: number): TabledFrames | undefined {
  const content = dataSet?.get(extendedOffsets)?.content;
  if (content?.is !== "bytes" || content.bytes.length !== frames * 8) return undefined;
  const view = new DataView(content.bytes.buffer, content.bytes.byteOffset, content.bytes.byteLength);
  const offsets = Float64Array.from({ length: frames }, (_, index) =>
    Number(view.getBigUint64(index * 8, content.isLittleEndian)),
  );
  return tableOf(offsets, firstItemAt);
}

interface BasicTable {
  readonly frames: number;
  readonly at: number;
  readonly lengthBytes: number;
}

/** Undefined when it is empty or not of as many entries as there are frames, as some writers leave it. */
async function basicTable(read: ReadRange, { frames, at, lengthBytes }: BasicTable): Promise<TabledFrames | undefined> {
  if (lengthBytes !== frames * 4 || lengthBytes > limits.imageFramesMax * 4) return undefined;
  const bytes = await read(at, lengthBytes);
  if (bytes.length < lengthBytes) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const offsets = Float64Array.from({ length: frames }, (_, index) => view.getUint32(index * 4, true));
  const table = tableOf(offsets, at + lengthBytes);
  if (table === undefined) return undefined;
  // A table that is wrong is mostly wrong at its end.
  const last = itemHeader(await read(table.itemAt[frames - 1] as number, itemHeaderBytes), 0);
  return last?.is === "item" ? table : undefined;
}

/** Offsets are counted from the first item behind the table, and rise; from 4 GiB on those of 32 bits do not. */
function tableOf(offsets: Float64Array, firstItemAt: number): TabledFrames | undefined {
  if (offsets[0] !== 0 || offsets.some((offset, index) => index > 0 && offset <= (offsets[index - 1] as number)))
    return undefined;
  return { is: "tabled", frames: offsets.length, itemAt: offsets.map((offset) => offset + firstItemAt) };
}
