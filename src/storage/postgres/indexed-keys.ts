import type { IndexEntries, Kind } from "#record";
import { bigintArray, documentKey } from "./index-key.ts";

/** What goes into `document.keys`. */
export interface IndexedKeys {
  /** A PostgreSQL array literal: references first, nothing twice. */
  readonly array: string;
  readonly referenceCount: number;
}

const made = new WeakMap<IndexEntries, IndexedKeys>();

/** Made once for each set of entries: before the write, where the record says so in time, so that its lock is held for less. */
export function indexedKeys(kind: Kind, entries: IndexEntries): IndexedKeys {
  const known = made.get(entries);
  if (known !== undefined) return known;
  const all = new Set(entries.references.map((key) => documentKey(kind, key)));
  const referenceCount = all.size;
  for (const key of entries.keys) all.add(documentKey(kind, key));
  for (const { parameter, text } of entries.terms) all.add(documentKey(kind, termKey(parameter, text)));
  const keys = { array: bigintArray(all), referenceCount };
  made.set(entries, keys);
  return keys;
}

/** The key of a display or text of a code. */
export function termKey(parameter: string, text: string): string {
  return `${parameter}:text=${text}`;
}
