import { createHash } from "node:crypto";

/** The next hash of the chain: SHA-256 over the 32 bytes of the one before and the UTF-8 body. 32 bytes. */
export function seal(previousHash: Uint8Array, body: string): Uint8Array {
  return createHash("sha256").update(previousHash).update(body, "utf8").digest();
}
