import { incorrect, limits, type Problem } from "#kernel";
import { isResourceType } from "./definitions.ts";
import type { Criterion } from "./search-criterion.ts";
import { parseCriterion } from "./search-criterion-parser.ts";
import { isResultParameter, noResultSettings, type ResultSettings, readResultParameter } from "./search-result.ts";

/** A search of one type, as data. */
export interface SearchQuery extends ResultSettings {
  readonly type: string;
  /** All must hold. */
  readonly criteria: readonly Criterion[];
  /** What could not be read; a search with problems must not be run. */
  readonly problems: readonly Problem[];
}

/**
 * Reads the query of a search URL. Strict: what is not understood is a problem, never passed over, and so is an empty value,
 * for a search that forgets a condition finds what was not asked for. Dates without offset are `offsetMinutes` ahead of UTC.
 * `_format` and `_pretty` are left to the door.
 * Problems, with the parameter as written for `where`: unknown-resource-type, unknown-search-parameter (also a modifier),
 * wrong-search-value, too-many-search-values, unsupported-search.
 * Source: FHIR R4 §3.1.1.
 */
export function parseSearchQuery(type: string, query: URLSearchParams, offsetMinutes = 0): SearchQuery {
  const problems: Problem[] = [];
  const criteria: Criterion[] = [];
  let settings: ResultSettings = noResultSettings;
  const entries = [...query].filter(([name]) => name !== "_format" && name !== "_pretty");
  if (!isResourceType(type)) {
    problems.push(incorrect("unknown-resource-type", "The type to search is not a type of FHIR R4.", { where: type }));
  } else if (entries.length > limits.searchParametersMax) {
    problems.push(
      incorrect("too-many-search-values", `A search has ${limits.searchParametersMax} parameters at most.`),
    );
  } else {
    for (const [name, value] of entries) {
      if (isResultParameter(name)) {
        const read = readResultParameter({ type, name, value, settings });
        if (read.ok) settings = read.value;
        else problems.push(...read.problems);
      } else {
        const read = parseCriterion(type, { name, value, offsetMinutes });
        if (read.ok) criteria.push(read.value);
        else problems.push(...read.problems);
      }
    }
  }
  return { type, criteria, ...settings, problems };
}
