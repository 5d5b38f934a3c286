import type { Clause } from "./clause.ts";
import type { Kind, Position, Version } from "./document.ts";

export type { Clause } from "./clause.ts";

/** A search, as data: documents of one kind that satisfy every clause. */
export interface Query {
  readonly kind: Kind;
  readonly all: readonly Clause[];
  readonly sort: Sort;
  /** 1 to `limits.pageSizeMax`. */
  readonly limit: number;
  /** Where the page before ended. */
  readonly after?: Cursor;
}

/** Documents that are equal by the first key are sorted by the next; those equal by all, by the order of the feed. */
export interface Sort extends SortKey {
  readonly thenBy?: readonly SortKey[];
}

/** The kinds whose documents decide about the order, besides the kind that is searched. */
export function kindsOfSort(sort: Sort): readonly Kind[] {
  return [sort, ...(sort.thenBy ?? [])].flatMap(({ by }) => kindsOfValue(by));
}

function kindsOfValue(by: SortValue): readonly Kind[] {
  if (typeof by === "string") return [];
  if ("to" in by) return [by.to, ...kindsOfValue(by.by)];
  return "leastOf" in by ? by.leastOf.flatMap(kindsOfValue) : [];
}

export interface SortKey {
  readonly by: SortValue;
  readonly descending: boolean;
}

/**
 * `updated` is the order of the feed. Of several values of a parameter the least counts: of spans their start, of ranges
 * their lower end, of places the first in the order of their letters. Documents without a value come last.
 */
export type SortValue =
  | "updated"
  | "id"
  | SortDate
  | { readonly text: string }
  | { readonly number: string }
  | { readonly places: readonly Place[] }
  /** Whether the document has the key: `true` or `false`. */
  | { readonly key: string }
  | SortThrough
  /** All of one type. */
  | { readonly leastOf: readonly Exclude<SortValue, "updated">[] };

/** What the documents have that are referred to; the least where there are several. */
export interface SortThrough {
  /** The parameters that may hold the reference. */
  readonly parameters: readonly string[];
  readonly to: Kind;
  readonly by: Exclude<SortValue, "updated">;
  /** Only those count of which all of these hold. */
  readonly all?: readonly Clause[];
}

export interface SortDate {
  readonly date: string;
  /** A document has one such date at most. */
  readonly isSingle?: boolean;
  /** The only condition of the search: a key that the dates are filed under (see `DateEntry`). */
  readonly under?: string;
}

/** Names of members, from the top of a document to a text in it; lists are gone through. */
export type Place = readonly PlaceStep[];

export interface PlaceStep {
  readonly name: string;
  /** Only the values of which this member has this value. */
  readonly where?: { readonly name: string; readonly value: string };
}

/** Stateless: it names the last row of a page, so others may write meanwhile without repeats or gaps. */
export interface Cursor {
  readonly position: Position;
  /** The sort values of that row, in the order of the keys, where it is not sorted by the feed; null where it had none. */
  readonly values?: readonly (number | string | null)[];
  /** The page before that row is asked for. */
  readonly isBackward?: boolean;
}

export interface Page {
  readonly versions: readonly Version[];
  /** Absent on the last page. */
  readonly next?: Cursor;
  /** Absent on the first page, as far as it is known to be that. */
  readonly previous?: Cursor;
}

/** Versions of one document, of one kind, or of everything; newest first unless it says otherwise. */
export interface HistoryQuery {
  readonly kind?: Kind;
  /** Only together with `kind`. */
  readonly id?: string;
  readonly sinceMs?: number;
  /** Those that were the newest of their document at some moment of this span; `toMs` is exclusive. */
  readonly at?: { readonly fromMs: number; readonly toMs: number };
  readonly isOldestFirst?: boolean;
  readonly limit: number;
  /** Newest first: versions before this position. */
  readonly before?: Position;
  /** Oldest first: versions after this position. */
  readonly after?: Position;
}
