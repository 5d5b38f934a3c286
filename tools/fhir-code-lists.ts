import { type CodeSystem, type Concept, type Include, resourcesOf, type ValueSet } from "./fhir-package.ts";

/** The codes of one value set; `system` where all of them come from one code system. */
export interface CodeList {
  readonly system?: string;
  readonly codes: readonly string[];
}

/** Longer lists (licences, all media types) are left to the terminology service. */
const codesMax = 250;

/** Value sets by canonical url, as the package lists them. */
export interface CodeLists {
  /** Every system and code; undefined where they cannot be listed from the package. */
  pairsOf(valueSetUrl: string): readonly Pair[] | undefined;
  /** The codes; undefined also where there are too many of them. */
  listOf(valueSetUrl: string): CodeList | undefined;
}

export function codeLists(): CodeLists {
  const systems = new Map(resourcesOf<CodeSystem>("CodeSystem").map((system) => [system.url, system]));
  const valueSets = new Map(resourcesOf<ValueSet>("ValueSet").map((valueSet) => [valueSet.url, valueSet]));

  function pairsOf(url: string): readonly Pair[] | undefined {
    const compose = valueSets.get(withoutVersion(url))?.compose;
    if (compose === undefined || compose.exclude !== undefined) return undefined;
    const parts = compose.include.map(includedPairs);
    return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
  }

  function includedPairs(include: Include): readonly Pair[] | undefined {
    if (include.filter !== undefined) return undefined;
    const { system } = include;
    if (include.concept !== undefined && system !== undefined)
      return include.concept.map(({ code }) => ({ system, code }));
    if (include.valueSet?.length === 1) return pairsOf(include.valueSet[0] ?? "");
    const definition = system === undefined ? undefined : systems.get(system);
    if (system === undefined || definition?.content !== "complete") return undefined;
    return flattened(definition.concept ?? []).map((code) => ({ system, code }));
  }

  function listOf(url: string): CodeList | undefined {
    const pairs = pairsOf(url);
    if (pairs === undefined || pairs.length === 0 || pairs.length > codesMax) return undefined;
    const [system, ...others] = new Set(pairs.map((pair) => pair.system));
    const codes = [...new Set(pairs.map((pair) => pair.code))];
    return others.length === 0 && system !== undefined ? { system, codes } : { codes };
  }

  return { pairsOf, listOf };
}

export interface Pair {
  readonly system: string;
  readonly code: string;
}

function flattened(concepts: readonly Concept[]): readonly string[] {
  return concepts.flatMap((concept) => [concept.code, ...flattened(concept.concept ?? [])]);
}

export function withoutVersion(url: string): string {
  return url.split("|")[0] ?? url;
}
