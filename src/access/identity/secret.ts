import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** 256 random bits as 43 characters that need no escaping in an address or a header. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/**
 * What the record keeps of a secret, and the id of what it opens: the first 128 bits of its SHA-256 in hex. The secret
 * cannot be found from it, and because the secret is itself random, no salt and no slow hash are needed.
 */
export function secretHash(secret: string): string {
  return createHash("sha256").update(secret, "utf8").digest("hex").slice(0, 32);
}

/** Takes the same time however much of the hash agrees. */
export function opens(secret: string, hash: string): boolean {
  const [given, kept] = [Buffer.from(secretHash(secret)), Buffer.from(hash)];
  return given.length === kept.length && timingSafeEqual(given, kept);
}
