import { failed, limits, ok, type Result, unsupported } from "#kernel";
import { expand } from "./operations/expand.ts";
import type { CodeSet } from "./systems/code-set.ts";
import { findSystem, onTerms, systemUnknown, type Terms } from "./terms.ts";

export interface SearchedCode {
  readonly system: string;
  readonly code: string;
}

/** What the modifiers `:in`, `:not-in`, `:above` and `:below` of a token search ask for. */
export interface SearchTerminology {
  /** Every code of a value set. Problems: not-found `value-set-unknown`; unsupported `too-costly`; those of `expand`. */
  expandForSearch(valueSetUrl: string): Promise<Result<readonly SearchedCode[]>>;
  /** The code and everything below it. Problems: not-found `code-system-unknown`; unsupported `too-costly`. */
  descendants(system: string, code: string): Promise<Result<readonly string[]>>;
  /** The code and everything above it. Problems: those of `descendants`. */
  ancestors(system: string, code: string): Promise<Result<readonly string[]>>;
}

/** At most `limits.searchCodesMax` codes; more are too costly to search by. */
export function searchTerminology(terms: Terms): SearchTerminology {
  return {
    expandForSearch: (valueSetUrl) =>
      onTerms(terms, async () => {
        const valueSet = terms.library.valueSet(valueSetUrl);
        if (!valueSet.ok) return valueSet;
        const expansion = await expand(terms, {
          valueSet: valueSet.value,
          offset: 0,
          count: limits.searchCodesMax,
          isActiveOnly: false,
          hasDesignations: false,
          isNested: false,
          languages: [],
        });
        if (!expansion.ok) return expansion;
        const { total, contains } = expansion.value;
        return total > limits.searchCodesMax
          ? failed(tooCostly)
          : ok(contains.map(({ system, code }) => ({ system, code })));
      }),
    descendants: (system, code) => related(terms, system, { is: "below", code, self: true }),
    ancestors: (system, code) => related(terms, system, { is: "above", code, self: true }),
  };
}

function related(terms: Terms, url: string, set: CodeSet): Promise<Result<readonly string[]>> {
  return onTerms(terms, async () => {
    const source = await findSystem(terms, { url });
    if (source === undefined) return failed(systemUnknown({ url }));
    const limit = limits.searchCodesMax;
    const page = await source.page({ set, words: [], isActiveOnly: false, offset: 0, limit });
    if (page === undefined || page.total > limit) return failed(tooCostly);
    return ok(page.concepts.map(({ code }) => code));
  });
}

const tooCostly = unsupported(
  "too-costly",
  `These are more than ${limits.searchCodesMax} codes, which is more than can be searched by.`,
);
