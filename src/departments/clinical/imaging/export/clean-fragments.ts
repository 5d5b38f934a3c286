import { type BlobRange, blobPieces, type OpenBlob } from "#record";
import { CodestreamCleaner } from "#standards/deidentification";

const headerBytes = 8;

/** Encapsulated pixel data, its items and their lengths as they are, each frame without what is written beside the picture. */
export async function* cleanFragments(
  blob: OpenBlob,
  { fromByte, lengthBytes }: BlobRange,
): AsyncGenerator<Uint8Array> {
  const cleaner = new CodestreamCleaner();
  const end = fromByte + lengthBytes;
  let isOffsets = true;
  for (let at = fromByte; at < end; ) {
    const header = await blob.read(at, headerBytes);
    yield header;
    const itemBytes = new DataView(header.buffer, header.byteOffset).getUint32(4, true);
    const item = { fromByte: at + headerBytes, lengthBytes: itemBytes };
    // One frame is in memory at most; of a table of offsets not even that.
    if (isOffsets) yield* blobPieces(blob, item);
    else yield cleaner.clean(await blob.read(item.fromByte, item.lengthBytes));
    isOffsets = false;
    at = item.fromByte + item.lengthBytes;
  }
}
