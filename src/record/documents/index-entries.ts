import type { JsonObject, Problem } from "#kernel";
import type { Kind } from "./document.ts";

/** What a document can be found by. */
export interface IndexEntries {
  /** Exact values, written `parameter=value`; for tokens also `parameter=system|value`. */
  readonly keys: readonly string[];
  /** Spans of time; `toMs` is exclusive. */
  readonly dates: readonly DateEntry[];
  /** Text found by its beginning; already normalised (lower case, without accents). */
  readonly texts: readonly TextEntry[];
}

export interface DateEntry {
  readonly parameter: string;
  readonly fromMs: number;
  readonly toMs: number;
}

export interface TextEntry {
  readonly parameter: string;
  readonly text: string;
}

/** What the record must know of a kind to keep documents of it. */
export interface KindDefinition {
  readonly kind: Kind;
  /** Every problem that forbids storing this body; empty when it is sound. */
  check(body: JsonObject): readonly Problem[];
  /** `id` is the document's id, for kinds that are found by it. */
  index(body: JsonObject): IndexEntries;
}

export const noEntries: IndexEntries = { keys: [], dates: [], texts: [] };
