import { hash } from "node:crypto";

/**
 * An id that follows from what identifies a thing, so that the same thing sent again is the same document.
 * 128 bits of SHA-256 over the parts, 32 hex digits. An absent part counts as an empty one.
 */
export function deterministicId(...parts: readonly (string | undefined)[]): string {
  return hash("sha256", JSON.stringify(parts.map((part) => part ?? "")), "hex").slice(0, 32);
}
