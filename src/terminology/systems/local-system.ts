import type { CodeSet } from "./code-set.ts";
import type { Concept } from "./concept.ts";

/** What is said of a code system as a whole. */
export interface SystemHead {
  readonly url: string;
  readonly version?: string;
  readonly name?: string;
  readonly title?: string;
  readonly isCaseSensitive: boolean;
  /** Whether a code that is not found is none: false for fragments and examples. */
  readonly isComplete: boolean;
}

/** A code system in memory, asked without waiting. */
export interface LocalCodeSystem extends SystemHead {
  readonly isHierarchical: boolean;
  find(code: string): Concept | undefined;
  test(concept: Concept, set: CodeSet): boolean;
  /** Whether `code` is `ancestor` or below it. */
  isBelow(code: string, ancestor: string): boolean;
  children(code: string): readonly string[];
  /** Every concept in the order of the definition; undefined for a system whose codes cannot be counted. */
  list(): readonly Concept[] | undefined;
  /** Text of a concept for finding it by words. */
  searchText(concept: Concept): string;
}
