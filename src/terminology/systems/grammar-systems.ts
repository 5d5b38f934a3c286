import { canonicalQuantity, isUcumUnit, ucumVersion } from "#standards/ucum";
import { type CodeSet, isNamed } from "./code-set.ts";
import type { Concept } from "./concept.ts";
import type { LocalCodeSystem } from "./local-system.ts";

/** A code system whose codes are what a grammar allows: they can be checked, but not listed. */
interface Grammar {
  readonly url: string;
  readonly title: string;
  readonly version?: string;
  readonly isCaseSensitive: boolean;
  isCode(code: string): boolean;
}

// language [-script] [-region] [-variant …] [-extension …], or private use. Source: BCP 47, RFC 5646 §2.1.
const languageTag =
  /^(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*(?:-[a-wyz\d](?:-[a-z\d]{2,8})+)*(?:-x(?:-[a-z\d]{1,8})+)?$|^x(?:-[a-z\d]{1,8})+$/i;

// type/subtype [; parameter=value …]. Source: BCP 13, RFC 6838 §4.2.
const mediaType =
  /^[a-z\d][a-z\d!#$&^_.+-]{0,126}\/[a-z\d][a-z\d!#$&^_.+-]{0,126}(?:\s*;\s*[a-z\d!#$&^_.+-]+=(?:"[^"\\]*"|[^\s;"]+))*$/i;

const codeCharactersMax = 256;

const grammars: readonly Grammar[] = [
  {
    url: "http://unitsofmeasure.org",
    title: "Unified Code for Units of Measure",
    version: ucumVersion,
    isCaseSensitive: true,
    isCode: isUcumUnit,
  },
  {
    url: "urn:ietf:bcp:47",
    title: "Language tags",
    isCaseSensitive: false,
    isCode: (code) => code.length <= codeCharactersMax && languageTag.test(code),
  },
  {
    url: "urn:ietf:bcp:13",
    title: "Media types",
    isCaseSensitive: false,
    isCode: (code) => code.length <= codeCharactersMax && mediaType.test(code),
  },
];

/** UCUM, language tags and media types. */
export const grammarSystems: ReadonlyMap<string, LocalCodeSystem> = new Map(
  grammars.map((grammar) => [grammar.url, localSystem(grammar)]),
);

function localSystem({ isCode, ...head }: Grammar): LocalCodeSystem {
  return {
    ...head,
    isComplete: true,
    isHierarchical: false,
    find: (code) => (isCode(code) ? conceptOf(code) : undefined),
    test,
    isBelow: (code, ancestor) => code === ancestor,
    children: () => [],
    list: () => undefined,
    searchText: ({ code }) => ` ${code}`,
  };
}

function conceptOf(code: string): Concept {
  return { code, isInactive: false, isAbstract: false, designations: [], properties: [], parents: [] };
}

function test(concept: Concept, set: CodeSet): boolean {
  switch (set.is) {
    case "all":
      return true;
    case "below":
    case "above":
      return set.self && concept.code === set.code;
    case "value":
      return isValue(concept.code, set.property, set.any);
    case "present":
    case "under":
    case "over":
    case "related":
    case "grouped":
    case "valueOf":
      return false;
    case "matches":
      return set.property === "code" && set.pattern.test(concept.code);
    case "and":
      return set.parts.every((part) => test(concept, part));
    case "or":
      return set.parts.some((part) => test(concept, part));
    case "not":
      return !test(concept, set.part);
    case "codes":
      return isNamed(set, concept.code) === true;
  }
}

/** Source: FHIR R4 §4.3.14 (UCUM, filter `canonical`). */
function isValue(code: string, property: string, any: readonly string[]): boolean {
  if (property === "code" || property === "concept") return any.includes(code);
  if (property !== "canonical") return false;
  const unit = canonicalQuantity(1, code)?.unit;
  return unit !== undefined && any.some((other) => canonicalQuantity(1, other)?.unit === unit);
}
