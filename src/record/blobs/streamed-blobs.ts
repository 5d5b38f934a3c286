import { limits } from "#kernel";
import type { BlobHash } from "./blob.ts";

/**
 * Large content that comes in pieces and is read by ranges: images. Whoever names a blob by its hash does so after `finish`, and
 * says so by `settle`; what was finished and never settled is found again after a crash by `unsettled`.
 */
export interface StreamedBlobs {
  /** Content up to this many bytes is not written here: whoever names it keeps it beside the name, and it is found all the same. */
  readonly smallBytesMax?: number;
  begin(): Promise<BlobWriter>;
  /** Undefined when it is not there. */
  open(hash: BlobHash): Promise<OpenBlob | undefined>;
  /** It need not be there. Only for content that nothing names. */
  remove(hash: BlobHash): Promise<void>;
  /** Everything that was written here, for `verify`, `backup` and the count of what is stored. */
  list(): AsyncIterable<StoredBlob>;
  /** Takes away what was begun and never finished by a process that is gone, and tells what was finished and not settled. */
  unsettled(): AsyncIterable<UnsettledBlob>;
}

export interface BlobWriter {
  /** The pieces may be changed by the caller once this has resolved. One call at a time. */
  write(pieces: readonly Uint8Array[]): Promise<void>;
  /** Durable when it resolves. */
  finish(): Promise<FinishedBlob>;
  /** The same, resolving as soon as the content has its name: it is durable only when `durable` has resolved. */
  close(): Promise<ClosedBlob>;
  /** Nothing of it remains. Also after a failure of `write` or `finish`. */
  abandon(): Promise<void>;
}

export interface FinishedBlob {
  /** SHA-256 of the whole content. */
  readonly hash: BlobHash;
  readonly sizeBytes: number;
  /** The same content had been there before. */
  readonly isKnown: boolean;
  /** To be called when the blob is named durably, or shall not be. */
  settle(): Promise<void>;
}

export interface ClosedBlob extends FinishedBlob {
  /** Rejects when the content could not be made durable. To be waited for before anything counts on it. */
  readonly durable: Promise<void>;
}

export interface OpenBlob {
  readonly sizeBytes: number;
  /** Fewer bytes only at the end of the content. */
  read(fromByte: number, lengthBytes: number): Promise<Uint8Array>;
  /** The same into memory of the caller, and how many bytes they are; not every place has it. */
  readInto?(into: Uint8Array, fromByte: number): Promise<number>;
  close(): Promise<void>;
}

export interface BlobRange {
  readonly fromByte: number;
  readonly lengthBytes: number;
}

/**
 * Content, or a range of it, in pieces, the next being read while one is worked on. Closes nothing. Throws where the content
 * ends before the range does.
 */
export async function* blobPieces(blob: OpenBlob, range?: BlobRange): AsyncGenerator<Uint8Array> {
  const { fromByte, lengthBytes } = range ?? { fromByte: 0, lengthBytes: blob.sizeBytes };
  const end = fromByte + lengthBytes;
  let at = fromByte;
  const readNext = () => {
    if (at >= end) return undefined;
    const reading = readAll(blob, { fromByte: at, lengthBytes: Math.min(limits.fileReadBytes, end - at) });
    at += limits.fileReadBytes;
    // It is looked at when its turn comes.
    reading.catch(() => undefined);
    return reading;
  };
  let next = readNext();
  while (next !== undefined) {
    const piece = await next;
    next = readNext();
    yield piece;
  }
}

async function readAll(blob: OpenBlob, { fromByte, lengthBytes }: BlobRange): Promise<Uint8Array> {
  const bytes = await blob.read(fromByte, lengthBytes);
  if (bytes.length < lengthBytes) throw new Error("a file ends before its length");
  return bytes;
}

export interface StoredBlob {
  readonly hash: BlobHash;
  readonly sizeBytes: number;
}

export interface UnsettledBlob {
  readonly hash: BlobHash;
  /** To be called when it is known whether anything names it. */
  settle(): Promise<void>;
}
