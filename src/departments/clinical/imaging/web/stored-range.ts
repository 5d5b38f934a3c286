import type { StoredRange } from "#kernel";
import type { BlobRange, OpenBlob } from "#record";

/** A range of an open file, to be sent without being held. Closes nothing. */
export function storedRange(blob: OpenBlob, { fromByte, lengthBytes }: BlobRange): StoredRange {
  return { fromByte, lengthBytes, readInto: (into, from) => readInto(blob, into, from) };
}

async function readInto(blob: OpenBlob, into: Uint8Array, fromByte: number): Promise<number> {
  if (blob.readInto !== undefined) return blob.readInto(into, fromByte);
  const bytes = await blob.read(fromByte, into.length);
  into.set(bytes);
  return bytes.length;
}
