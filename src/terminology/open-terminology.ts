import type { Clock, Log } from "#kernel";
import type { HealthRecord } from "#record";
import { Library } from "./definitions/library.ts";
import { type DefinitionRecord, StoredDefinitions } from "./definitions/stored-definitions.ts";
import { type SearchTerminology, searchTerminology } from "./for-search.ts";
import type { TerminologyStore } from "./store.ts";
import { type TerminologyCheck, terminologyCheck } from "./sync-check.ts";
import { LargeSystems } from "./systems/large-systems.ts";
import type { Terms } from "./terms.ts";

export interface TerminologyNeeds {
  /** The whole record: of it, only definitions of terminology are read, which everybody who may sign in may read. */
  readonly record: DefinitionRecord;
  readonly store: TerminologyStore;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Terminology {
  /** For `terminologyRoutes`. */
  readonly terms: Terms;
  readonly check: TerminologyCheck;
  readonly search: SearchTerminology;
  /** The record to write by: what it changes takes effect at once, and not only through the feed. */
  watched(record: HealthRecord): HealthRecord;
  /** Resolves when nothing is read any more. */
  close(): Promise<void>;
}

/** Follows the definitions of the record from now on. What FHIR itself brings is read before this resolves. */
export async function openTerminology({ record, store, clock, log }: TerminologyNeeds): Promise<Terminology> {
  const stored = new StoredDefinitions(record, log);
  const library = new Library(stored);
  await library.load();
  const terms: Terms = { library, stored, large: new LargeSystems(store, clock), closures: store.closures };
  stored.start();
  return {
    terms,
    check: terminologyCheck(library),
    search: searchTerminology(terms),
    watched: (whole) => stored.watched(whole),
    close: () => stored.close(),
  };
}
