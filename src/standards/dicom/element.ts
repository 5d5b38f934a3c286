import type { DataSet } from "./data-set.ts";
import type { Tag } from "./tag.ts";

/** One element of a data set, as it was written. */
export interface DataElement {
  readonly tag: Tag;
  /** Two letters, from the header, or from the dictionary where the header has none. */
  readonly vr: string;
  readonly content: Content;
}

export type Content = BytesContent | ItemsContent | FragmentsContent;

/** A value as bytes, its padding included: a view of what was read. */
export interface BytesContent {
  readonly is: "bytes";
  readonly bytes: Uint8Array;
  /** The order of the bytes of its numbers. */
  readonly isLittleEndian: boolean;
}

/** A sequence. */
export interface ItemsContent {
  readonly is: "items";
  readonly items: readonly Item[];
  /** Whether a delimiter ends it, and not its length. */
  readonly isUndefinedLength: boolean;
}

export interface Item {
  readonly dataSet: DataSet;
  readonly isUndefinedLength: boolean;
}

/** Encapsulated pixel data: the offset table first, then the pieces of the compressed stream. Source: PS3.5 §A.4. */
export interface FragmentsContent {
  readonly is: "fragments";
  readonly fragments: readonly Uint8Array[];
}
