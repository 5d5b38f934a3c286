import type { Tag } from "#standards/dicom";
import type { ImageLevel } from "./levels.ts";

/** A question for patients, studies, series or objects. Source: PS3.4 §C.2.2.2, §C.4.1; PS3.18 §8.3.4. */
export interface ImageQuery {
  readonly level: ImageLevel;
  /** All of them must hold. */
  readonly match: readonly AttributeMatch[];
  /** Attributes wanted besides those that are kept with the level, from the first object below; `all` of them. */
  readonly include?: readonly Tag[] | "all";
  /** Words of names are matched by their beginnings, in any order. */
  readonly isFuzzy?: boolean;
  readonly limit: number;
  /** Continues behind this row. */
  readonly after?: ImageCursor;
  /** Leaves out so many rows first. */
  readonly skip?: number;
  /** Only what is in one of these states; without it, what is not deleted. */
  readonly states?: readonly StudyState[];
}

export interface AttributeMatch {
  /** The attribute, behind the sequences that it stands in. */
  readonly path: readonly Tag[];
  readonly test: MatchTest;
}

export type MatchTest =
  /** Is one of these: single value and list of UID matching. */
  | { readonly is: "one-of"; readonly values: readonly string[] }
  /** `*` stands for any characters, `?` for one. */
  | { readonly is: "wildcard"; readonly pattern: string }
  /** Of dates, times, or both; either end may be open, and both are included. */
  | { readonly is: "range"; readonly from?: string; readonly to?: string }
  /** Has no value. Source: PS3.4 §C.2.2.2.7. */
  | { readonly is: "empty" };

/** Opaque outside the index: what the rows are in order of. */
export type ImageCursor = readonly (string | number)[];

/** Unmatched: nobody knows yet whom it is about. Conflicting: its objects, or they and the record, disagree on that. */
export type StudyState = "unmatched" | "matched" | "conflicting" | "deleted";

export interface FoundImages {
  readonly rows: readonly ImageRow[];
  /** Where the next page begins; undefined at the end. */
  readonly next?: ImageCursor;
}

export interface ImageRow {
  /** The UIDs of its level and those above; none at patient level. */
  readonly uids: ImageAddress;
  /**
   * The text of a DICOM JSON object: the attributes of its level and those above, and the numbers of what is below. For
   * series and objects those of levels above too.
   */
  readonly json: string;
  readonly study: StudyFacts | undefined;
}

/** What is known of the study of a row; undefined at patient level. */
export interface StudyFacts {
  readonly state: StudyState;
  /** `patients-differ`, `identity-differs`, … */
  readonly conflict?: string;
  /** Id of the Patient in the record. */
  readonly patient?: string;
  /** Id of the ImagingStudy. */
  readonly document?: string;
}

/** A study, a series of it, or an object of that; from the outside in. */
export interface ImageAddress {
  readonly study?: string;
  readonly series?: string;
  readonly instance?: string;
}
