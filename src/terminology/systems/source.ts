import type { CodeSet } from "./code-set.ts";
import type { Concept } from "./concept.ts";
import type { LocalCodeSystem, SystemHead } from "./local-system.ts";
import { hasWords } from "./words.ts";

/** Which concepts of a code system are wanted. */
export interface ConceptQuery {
  readonly set: CodeSet;
  /** Beginnings of words that must all be in the code, the display or a designation; already normalised. */
  readonly words: readonly string[];
  readonly isActiveOnly: boolean;
  readonly offset: number;
  readonly limit: number;
}

export interface ConceptPage {
  readonly concepts: readonly Concept[];
  /** How many there are in all. */
  readonly total: number;
}

/** A code system, in memory or in the database. What the database does not answer is thrown, and told as unavailable. */
export interface CodeSystemSource extends SystemHead {
  readonly isHierarchical: boolean;
  find(code: string): Promise<Concept | undefined>;
  /** Those that exist, by the codes as they were asked for. */
  findMany(codes: readonly string[]): Promise<ReadonlyMap<string, Concept>>;
  test(concept: Concept, set: CodeSet): Promise<boolean>;
  /** Whether `code` is `ancestor` or below it. */
  isBelow(code: string, ancestor: string): Promise<boolean>;
  /** Codes directly below, at most `limit`. */
  children(code: string, limit: number): Promise<readonly string[]>;
  /** In the order of the system; undefined where its codes follow a grammar and cannot be listed. */
  page(query: ConceptQuery): Promise<ConceptPage | undefined>;
  /** The same system in memory, where it is. */
  readonly local?: LocalCodeSystem;
}

export function localSource(system: LocalCodeSystem): CodeSystemSource {
  const { url, version, name, title, isCaseSensitive, isComplete, isHierarchical } = system;
  return {
    url,
    ...(version === undefined ? {} : { version }),
    ...(name === undefined ? {} : { name }),
    ...(title === undefined ? {} : { title }),
    isCaseSensitive,
    isComplete,
    isHierarchical,
    local: system,
    find: async (code) => system.find(code),
    findMany: async (codes) => found(system, codes),
    test: async (concept, set) => system.test(concept, set),
    isBelow: async (code, ancestor) => system.isBelow(code, ancestor),
    children: async (code, limit) => system.children(code).slice(0, limit),
    page: async (query) => localPage(system, query),
  };
}

function found(system: LocalCodeSystem, codes: readonly string[]): ReadonlyMap<string, Concept> {
  const concepts = new Map<string, Concept>();
  for (const code of codes) {
    const concept = system.find(code);
    if (concept !== undefined) concepts.set(code, concept);
  }
  return concepts;
}

function localPage(system: LocalCodeSystem, query: ConceptQuery): ConceptPage | undefined {
  const { set, words, isActiveOnly, offset, limit } = query;
  const all = system.list();
  if (all === undefined) return undefined;
  if (set.is === "all" && words.length === 0 && !isActiveOnly) {
    return { concepts: all.slice(offset, offset + limit), total: all.length };
  }
  const concepts: Concept[] = [];
  let total = 0;
  for (const concept of all) {
    if (isActiveOnly && concept.isInactive) continue;
    if (!system.test(concept, set)) continue;
    if (words.length > 0 && !hasWords(system.searchText(concept), words)) continue;
    if (total >= offset && concepts.length < limit) concepts.push(concept);
    total += 1;
  }
  return { concepts, total };
}
