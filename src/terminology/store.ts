import type { Coding, ConceptProperty, Designation } from "#standards/terminology";
import type { CodeSet } from "./systems/code-set.ts";
import type { Concept } from "./systems/concept.ts";
import type { ConceptPage, ConceptQuery } from "./systems/source.ts";

/** A code system in tables of its own. */
export interface StoredSystem {
  readonly key: number;
  readonly url: string;
  readonly version: string;
  readonly title: string;
  readonly isCaseSensitive: boolean;
  readonly isHierarchical: boolean;
  readonly concepts: number;
  readonly importedAtMs: number;
}

/** Large code systems and the tables of `$closure`. Implemented by `storage/postgres`. */
export interface TerminologyStore {
  /** Those whose import is complete. */
  systems(): Promise<readonly StoredSystem[]>;
  concepts(system: number, codes: readonly string[]): Promise<readonly Concept[]>;
  page(system: number, query: ConceptQuery): Promise<ConceptPage>;
  /** Whether the code exists and is in the set. */
  test(system: number, code: string, set: CodeSet): Promise<boolean>;
  children(system: number, code: string, limit: number): Promise<readonly string[]>;
  /** Begins to write a system that nobody sees before `finish`; what an import left unfinished is cleared away. */
  beginImport(header: ImportHeader): Promise<SystemImport>;
  /** Returns whether it was there. */
  remove(url: string, version: string): Promise<boolean>;
  readonly closures: ClosureStore;
}

export interface ImportHeader {
  readonly url: string;
  readonly version: string;
  readonly title: string;
  readonly isCaseSensitive: boolean;
  readonly importedAtMs: number;
}

export interface ImportRow {
  readonly code: string;
  readonly display?: string;
  readonly language?: string;
  readonly isInactive: boolean;
  readonly isAbstract: boolean;
  readonly isLeaf: boolean;
  readonly parents: readonly string[];
  /** Every code above, however far. */
  readonly ancestors: readonly string[];
  readonly designations: readonly Designation[];
  readonly properties: readonly ConceptProperty[];
  /** What it is found by. */
  readonly words: readonly string[];
}

export interface SystemImport {
  /** In the order of the system. */
  write(rows: readonly ImportRow[]): Promise<void>;
  /** Makes it visible, in place of an earlier import of the same version. */
  finish(): Promise<void>;
  abandon(): Promise<void>;
}

/** What clients have put into tables of `$closure`; each addition makes a new version of its table. */
export interface ClosureStore {
  /** Empties the table, or makes it. */
  reset(name: string): Promise<void>;
  /** Adds those that are new, under the next version; undefined when there is no such table. */
  add(name: string, codings: readonly Coding[]): Promise<ClosureTable | undefined>;
  read(name: string): Promise<ClosureTable | undefined>;
}

export interface ClosureTable {
  readonly version: number;
  readonly entries: readonly ClosureEntry[];
}

export interface ClosureEntry {
  readonly system: string;
  readonly code: string;
  /** The version of the table that it came with. */
  readonly version: number;
}
