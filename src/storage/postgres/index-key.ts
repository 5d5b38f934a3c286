import { hash } from "node:crypto";

/** How many hashes are remembered; codes, statuses and patients repeat, so most look-ups hit. */
const rememberedMax = 100_000;
const remembered = new Map<string, string>();

/**
 * The first 64 bits of SHA-256, as a signed decimal: PostgreSQL's bigint.
 * A cryptographic hash, because nobody must be able to craft an identifier that is found as another's.
 */
export function hash64(text: string): string {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const value = hash("sha256", text, "buffer").readBigInt64BE(0).toString();
  if (remembered.size >= rememberedMax) remembered.clear();
  remembered.set(text, value);
  return value;
}

export function documentKey(kind: string, key: string): string {
  return hash64(`${kind}?${key}`);
}

/** A PostgreSQL array literal: `{1,2,3}`. */
export function bigintArray(values: Iterable<string>): string {
  return `{${[...values].join(",")}}`;
}
