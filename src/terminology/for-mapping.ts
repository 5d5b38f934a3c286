import { ok, type Result } from "#kernel";
import type { Coding } from "#standards/terminology";
import { matchesIn } from "./operations/translate.ts";
import type { Concept } from "./systems/concept.ts";
import { wordsOf } from "./systems/words.ts";
import { findSystem, onTerms, type Terms } from "./terms.ts";

/** What helps people to say what a code of a laboratory means. */
export interface MappingTerminology {
  /**
   * Active concepts of a code system that have all these words, or begin to; none where the system is not here or cannot be
   * listed. Problems: unavailable.
   */
  find(system: string, text: string, limit: number): Promise<Result<readonly Concept[]>>;
  /** What any concept map says a code means. Problems: unavailable. */
  translate(coding: Coding): Promise<Result<readonly Coding[]>>;
}

export function mappingTerminology(terms: Terms): MappingTerminology {
  return {
    find: (system, text, limit) =>
      onTerms(terms, async () => {
        const words = wordsOf(text);
        const source = words.length === 0 ? undefined : await findSystem(terms, { url: system });
        const page = await source?.page({ set: { is: "all" }, words, isActiveOnly: true, offset: 0, limit });
        return ok(page?.concepts ?? []);
      }),
    translate: (coding) => onTerms(terms, async () => ok(matchesIn(terms, coding))),
  };
}
