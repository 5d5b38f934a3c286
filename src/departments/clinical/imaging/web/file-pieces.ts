import { limits } from "#kernel";
import type { OpenBlob } from "#record";

/** A range of a file in pieces, the next being read while one is sent. Closes nothing. */
export async function* filePieces(
  blob: OpenBlob,
  { fromByte, lengthBytes }: { readonly fromByte: number; readonly lengthBytes: number },
): AsyncGenerator<Uint8Array> {
  const end = fromByte + lengthBytes;
  let at = fromByte;
  const read = () => {
    const length = Math.min(limits.fileReadBytes, end - at);
    const reading = blob.read(at, length);
    at += length;
    // It is looked at when its turn comes.
    reading.catch(() => undefined);
    return reading;
  };
  let next = at < end ? read() : undefined;
  while (next !== undefined) {
    const piece = await next;
    if (piece.length === 0) throw new Error("a file ends before its length");
    next = at < end ? read() : undefined;
    yield piece;
  }
}
