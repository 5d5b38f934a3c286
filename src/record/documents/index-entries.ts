import type { JsonObject, Problem } from "#kernel";
import type { Kind } from "./document.ts";

/** What a document can be found by. */
export interface IndexEntries {
  /** Exact values that name another document: `subject=Patient/1`. */
  readonly references: readonly string[];
  /** Other exact values, written `parameter=value`; for tokens also `parameter=system|value`. */
  readonly keys: readonly string[];
  /** Spans of time; `toMs` is exclusive. */
  readonly dates: readonly DateEntry[];
  /** Text found by its beginning. */
  readonly texts: readonly TextEntry[];
  readonly numbers: readonly NumberEntry[];
  /** Displays and texts of codes. */
  readonly terms: readonly TermEntry[];
  /** A bit for every parameter that has a value; which bit is whose is the kind's own affair. */
  readonly present: bigint;
}

export interface DateEntry {
  readonly parameter: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** Keys of the document that the entry is filed under: with one of them, a bound or an order is one range of the index. */
  readonly under?: readonly string[];
}

export interface TextEntry {
  readonly parameter: string;
  /** Normalised: lower case, without accents. */
  readonly text: string;
  /** As it was written. */
  readonly written: string;
}

/** A number, or a quantity with its unit; `low` and `high` are equal unless it is a range. */
export interface NumberEntry {
  readonly parameter: string;
  readonly low: number;
  readonly high: number;
  /** `system|code` of the unit. */
  readonly coded?: string;
  readonly code?: string;
  /** The unit as people read it. */
  readonly label?: string;
  /** See `DateEntry`. */
  readonly under?: readonly string[];
}

export interface TermEntry {
  readonly parameter: string;
  /** Normalised. */
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

export const noEntries: IndexEntries = {
  references: [],
  keys: [],
  dates: [],
  texts: [],
  numbers: [],
  terms: [],
  present: 0n,
};
