import type { ConceptProperty, Designation } from "../definition.ts";

/** A code system as it was published, read from its files. */
export interface Release {
  readonly url: string;
  readonly version: string;
  readonly title: string;
  /** Each code once; parents are codes of the same release. */
  readonly concepts: readonly ReleaseConcept[];
}

export interface ReleaseConcept {
  readonly code: string;
  readonly display?: string;
  /** What the display is in. */
  readonly language?: string;
  readonly isInactive: boolean;
  readonly isAbstract: boolean;
  readonly parents: readonly string[];
  readonly designations: readonly Designation[];
  readonly properties: readonly ConceptProperty[];
}

/** What is said about a release besides its files; what is left out is found in them. */
export interface ReleaseNames {
  readonly url?: string;
  readonly version?: string;
  readonly title?: string;
}
