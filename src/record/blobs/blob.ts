import { createHash } from "node:crypto";

/** The SHA-256 of the content, 64 lower-case hex digits: a blob's name and its proof. */
export type BlobHash = string & { readonly blobHash: true };

export interface Blob {
  readonly hash: BlobHash;
  readonly bytes: Uint8Array;
  /** It is kept for as long as the others of this day. Absent: for ever. */
  readonly day?: BlobDay;
}

/** A day in UTC: `2026-11-23`. */
export type BlobDay = string & { readonly blobDay: true };

/** Where a blob stands. The same content may stand under several days, and without one besides. */
export interface ListedBlob {
  readonly hash: BlobHash;
  readonly day?: BlobDay;
}

export function blobOf(bytes: Uint8Array): Blob {
  return { hash: createHash("sha256").update(bytes).digest("hex") as BlobHash, bytes };
}

/** Content that is kept for as long as that day's is. */
export function dailyBlobOf(bytes: Uint8Array, day: BlobDay): Blob {
  return { ...blobOf(bytes), day };
}

/** The day of an instant: `2026-11-23T23:59:59.999Z`. */
export function blobDayOf(at: string): BlobDay {
  return at.slice(0, 10) as BlobDay;
}

const hashPattern = /^[0-9a-f]{64}$/;

export function isBlobHash(text: string): text is BlobHash {
  return hashPattern.test(text);
}

const dayPattern = /^\d{4}-\d\d-\d\d$/;

export function isBlobDay(text: string): text is BlobDay {
  return dayPattern.test(text);
}
