import { hash } from "node:crypto";

/** How many hashes are remembered; codes, statuses and patients repeat, so most look-ups hit. */
const rememberedMax = 100_000;
const halves = new Map<string, bigint>();
const keys = new Map<string, string>();

/**
 * The first 64 bits of SHA-256, as PostgreSQL's bigint has them.
 * A cryptographic hash, because nobody must be able to craft an identifier that is found as another's.
 */
function half(text: string): bigint {
  const known = halves.get(text);
  if (known !== undefined) return known;
  const value = hash("sha256", text, "buffer").readBigInt64BE(0);
  return remember(halves, text, value);
}

function remember<T>(map: Map<string, T>, text: string, value: T): T {
  if (map.size >= rememberedMax) map.clear();
  map.set(text, value);
  return value;
}

/** The hash of a text, as a signed decimal. */
export function hash64(text: string): string {
  return half(text).toString();
}

/** What a document is found by where a reference names it: the hash of `Kind/id`. */
export function selfKey({ kind, id }: { readonly kind: string; readonly id: string }): string {
  return hash64(`${kind}/${id}`);
}

export function parameterKey(kind: string, parameter: string): string {
  return hash64(`${kind}?${parameter}`);
}

/**
 * The key of `parameter=value`: the hash of `Kind?parameter` xor the hash of the value. So the key of a reference can be
 * made in the database, of the `self` of what it points at.
 */
export function documentKey(kind: string, key: string): string {
  const text = `${kind}?${key}`;
  const known = keys.get(text);
  if (known !== undefined) return known;
  const equals = key.indexOf("=");
  const parameter = half(`${kind}?${key.slice(0, equals)}`);
  return remember(keys, text, (parameter ^ half(key.slice(equals + 1))).toString());
}

/** A PostgreSQL array literal: `{1,2,3}`. */
export function bigintArray(values: Iterable<string>): string {
  return `{${[...values].join(",")}}`;
}
