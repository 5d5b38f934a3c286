import { hash } from "node:crypto";

/** How many hashes of values are remembered; codes, statuses and patients repeat, so most look-ups hit. */
const rememberedMax = 100_000;
const values = new Map<string, bigint>();
/** By kind, then by parameter: there are some thousands. */
const parameters = new Map<string, Map<string, bigint>>();

/**
 * The first 64 bits of SHA-256, as PostgreSQL's bigint has them.
 * A cryptographic hash, because nobody must be able to craft an identifier that is found as another's.
 */
function half(text: string): bigint {
  return hash("sha256", text, "buffer").readBigInt64BE(0);
}

function valueHash(text: string): bigint {
  const known = values.get(text);
  if (known !== undefined) return known;
  const value = half(text);
  if (values.size >= rememberedMax) values.clear();
  values.set(text, value);
  return value;
}

function parameterHash(kind: string, parameter: string): bigint {
  const ofKind = parameters.get(kind) ?? new Map<string, bigint>();
  if (ofKind.size === 0) parameters.set(kind, ofKind);
  const known = ofKind.get(parameter) ?? half(`${kind}?${parameter}`);
  // Names that somebody made up must not fill the memory.
  if (!ofKind.has(parameter) && ofKind.size < parametersMax) ofKind.set(parameter, known);
  return known;
}

const parametersMax = 10_000;

/** The hash of a text, as a signed decimal. */
export function hash64(text: string): string {
  return valueHash(text).toString();
}

/** What a document is found by where a reference names it: the hash of `Kind/id`. */
export function selfKey({ kind, id }: { readonly kind: string; readonly id: string }): string {
  return hash64(`${kind}/${id}`);
}

export function parameterKey(kind: string, parameter: string): string {
  return parameterHash(kind, parameter).toString();
}

/**
 * The key of `parameter=value`: the hash of `Kind?parameter` xor the hash of the value. So the key of a reference can be
 * made in the database, of the `self` of what it points at.
 */
export function documentKey(kind: string, key: string): string {
  const equals = key.indexOf("=");
  return (parameterHash(kind, key.slice(0, equals)) ^ valueHash(key.slice(equals + 1))).toString();
}

/** What the entries of a parameter are found by that are filed under a key of their document. */
export function scopeKey(kind: string, parameter: string, key: string): string {
  return documentKey(kind, `${parameter}$${key}`);
}

/** A PostgreSQL array literal: `{1,2,3}`. */
export function bigintArray(values: Iterable<string>): string {
  return `{${[...values].join(",")}}`;
}
