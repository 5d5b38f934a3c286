import { limits } from "#kernel";
import type { StoredSystem, TerminologyStore } from "../store.ts";
import type { Concept } from "./concept.ts";
import type { CodeSystemSource } from "./source.ts";

/** A code system of the database. Concepts that were asked for are remembered: an imported version never changes. */
export function largeSource(store: TerminologyStore, system: StoredSystem): CodeSystemSource {
  const { key, url, version, title, isCaseSensitive, isHierarchical } = system;
  const known = new Map<string, Concept | undefined>();
  const remember = (code: string, concept: Concept | undefined) => {
    if (known.size >= limits.terminologyConceptsKnownMax) known.clear();
    known.set(code, concept);
    return concept;
  };
  return {
    url,
    version,
    title,
    isCaseSensitive,
    isComplete: true,
    isHierarchical,
    find: async (code) => {
      if (known.has(code)) return known.get(code);
      const [concept] = await store.concepts(key, [code]);
      return remember(code, concept);
    },
    findMany: async (codes) => {
      const concepts = await store.concepts(key, codes);
      for (const concept of concepts) remember(concept.code, concept);
      return new Map(concepts.map((concept) => [concept.code, concept]));
    },
    test: async (concept, set) => set.is === "all" || store.test(key, concept.code, set),
    isBelow: async (code, ancestor) =>
      code === ancestor || store.test(key, code, { is: "below", code: ancestor, self: true }),
    children: (code, limit) => store.children(key, code, limit),
    page: (query) => store.page(key, query),
  };
}
