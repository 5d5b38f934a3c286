import { limits } from "#kernel";
import type { StoredSystem, TerminologyStore } from "../store.ts";
import type { CodeSet } from "./code-set.ts";
import type { Concept } from "./concept.ts";
import { Remembered } from "./remembered.ts";
import type { CodeSystemSource } from "./source.ts";

/** A code system of the database. What was asked for is remembered: an imported version never changes. */
export function largeSource(store: TerminologyStore, system: StoredSystem): CodeSystemSource {
  const { key, url, version, title, isCaseSensitive, isHierarchical } = system;
  const concepts = new Remembered<Concept | undefined>(limits.terminologyConceptsKnownMax);
  const children = new Remembered<readonly string[]>(limits.terminologyConceptsKnownMax);
  // By the set itself: a compiled value set is asked again and again.
  const members = new WeakMap<CodeSet, Remembered<boolean>>();
  const test = (code: string, set: CodeSet) => {
    let known = members.get(set);
    if (known === undefined) {
      known = new Remembered(limits.terminologyConceptsKnownMax);
      members.set(set, known);
    }
    return known.get(code, () => store.test(key, code, set));
  };
  return {
    url,
    version,
    title,
    isCaseSensitive,
    isComplete: true,
    isHierarchical,
    find: (code) => concepts.get(code, async () => (await store.concepts(key, [code]))[0]),
    findMany: async (codes) => {
      const found = await store.concepts(key, codes);
      for (const concept of found) concepts.put(concept.code, concept);
      return new Map(found.map((concept) => [concept.code, concept]));
    },
    test: async (concept, set) => set.is === "all" || test(concept.code, set),
    isBelow: async (code, ancestor) =>
      code === ancestor || store.test(key, code, { is: "below", code: ancestor, self: true }),
    children: (code, limit) => children.get(`${limit} ${code}`, () => store.children(key, code, limit)),
    page: (query) => store.page(key, query),
  };
}
