import { limits } from "#kernel";
import type { BlobHash, OpenBlob, StreamedBlobs } from "#record";

/** Content that stands beside what names it. Implemented by `storage/postgres`, which writes it with the row of its object. */
export interface SmallObjects {
  read(hash: BlobHash): Promise<Uint8Array | undefined>;
  remove(hash: BlobHash): Promise<void>;
}

/** Objects of both places. `isDear`: asking for a large one that is not there costs more than asking for a small one. */
export function withSmallObjects(
  large: StreamedBlobs,
  small: SmallObjects,
  { isDear }: { readonly isDear: boolean },
): StreamedBlobs {
  const openSmall = async (hash: BlobHash) => {
    const bytes = await small.read(hash);
    return bytes && openBytes(bytes);
  };
  const openLarge = (hash: BlobHash) => large.open(hash);
  const [first, second] = isDear ? [openSmall, openLarge] : [openLarge, openSmall];
  return {
    smallBytesMax: limits.imageSmallBytesMax,
    begin: () => large.begin(),
    open: async (hash) => (await first(hash)) ?? (await second(hash)),
    remove: async (hash) => {
      await Promise.all([large.remove(hash), small.remove(hash)]);
    },
    list: () => large.list(),
    unsettled: () => large.unsettled(),
  };
}

/** Bytes in memory, read as a blob is. */
export function openBytes(bytes: Uint8Array): OpenBlob {
  return {
    sizeBytes: bytes.length,
    read: async (fromByte, lengthBytes) => bytes.subarray(fromByte, fromByte + Math.max(0, lengthBytes)),
    close: async () => {},
  };
}
