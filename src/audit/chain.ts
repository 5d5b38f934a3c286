import { createHash } from "node:crypto";

/** What stands before the first entry. */
export const genesisHash: Uint8Array = new Uint8Array(32);

/**
 * The next hash of the chain: SHA-256 over the 32 bytes of the one before and the UTF-8 body. 32 bytes. Each hash so
 * speaks for the whole log up to its place: whoever keeps one elsewhere can tell whether anything before it changed.
 */
export function seal(previousHash: Uint8Array, body: string): Uint8Array {
  return createHash("sha256").update(previousHash).update(body, "utf8").digest();
}
