import type { Kind, Position, Version } from "./document.ts";

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

export type Clause =
  | { readonly is: "key"; readonly any: readonly string[] }
  | { readonly is: "text"; readonly parameter: string; readonly match: TextMatch; readonly any: readonly string[] }
  | { readonly is: "written"; readonly parameter: string; readonly any: readonly WrittenText[] }
  | { readonly is: "date"; readonly parameter: string; readonly any: readonly DateBounds[] }
  | { readonly is: "id"; readonly any: readonly string[] }
  | { readonly is: "updated"; readonly any: readonly InstantBounds[] }
  | { readonly is: "never" };

export type TextMatch = "prefix" | "contains";

/** A text to be found exactly as it was written; `text` is the same, normalised. */
export interface WrittenText {
  readonly text: string;
  readonly written: string;
}

/** Bounds on the start and the end of an indexed span; each is inclusive, each may be absent. */
export interface DateBounds {
  readonly fromMinMs?: number;
  readonly fromMaxMs?: number;
  readonly toMinMs?: number;
  readonly toMaxMs?: number;
}

export interface InstantBounds {
  readonly minMs?: number;
  readonly maxMs?: number;
}

/** `updated` is the order of the feed. `date` is by the start of that parameter; documents without it come last. */
export interface Sort {
  readonly by: "updated" | { readonly date: string };
  readonly descending: boolean;
}

/** Stateless: it names the last row of a page, so others may write meanwhile without repeats or gaps. */
export interface Cursor {
  readonly position: Position;
  /** The sort value of that row, when sorted by date; absent when the row had none. */
  readonly dateMs?: number;
}

export interface Page {
  readonly versions: readonly Version[];
  /** Absent on the last page. */
  readonly next?: Cursor;
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
