import { createHash } from "node:crypto";

/** The SHA-256 of the content, 64 lower-case hex digits: a blob's name and its proof. */
export type BlobHash = string & { readonly blobHash: true };

export interface Blob {
  readonly hash: BlobHash;
  readonly bytes: Uint8Array;
}

export function blobOf(bytes: Uint8Array): Blob {
  return { hash: createHash("sha256").update(bytes).digest("hex") as BlobHash, bytes };
}

const hashPattern = /^[0-9a-f]{64}$/;

export function isBlobHash(text: string): text is BlobHash {
  return hashPattern.test(text);
}
