import { failed, limits, ok, type Problem, type Result } from "#kernel";
import type { Designation } from "#standards/terminology";
import { type CodeSet, minus, namedCodes } from "../systems/code-set.ts";
import type { Concept } from "../systems/concept.ts";
import type { CodeSystemSource, ConceptPage } from "../systems/source.ts";
import { hasWords, searchText, wordsOf } from "../systems/words.ts";
import { findSystem, systemUnknown, type Terms } from "../terms.ts";
import type { CompiledValueSet, SystemPart } from "../value-sets/value-set.ts";
import { displayOf } from "./display.ts";
import { isTree, treeOf } from "./hierarchy.ts";
import { systemOf } from "./membership.ts";
import { type VersionRules, versionWanted } from "./version-rules.ts";

export interface ExpandOrder {
  readonly valueSet: CompiledValueSet;
  /** Beginnings of words. */
  readonly filter?: string;
  readonly offset: number;
  /** Left out: all of them, or too costly. */
  readonly count?: number;
  readonly isActiveOnly: boolean;
  readonly hasDesignations: boolean;
  /** Whether the concepts of a whole system stand under each other. */
  readonly isNested: boolean;
  /** Only codes that a person may choose: no abstract ones. */
  readonly isForChoiceOnly?: boolean;
  /** Of designations, those in one of these languages or for one of these uses (`system|code`); left out: all. */
  readonly designations?: readonly string[];
  readonly languages: readonly string[];
  /** Which versions of code systems to take; left out: as the value set says, or the newest. */
  readonly versions?: VersionRules;
}

export interface Contained {
  readonly system: string;
  readonly version?: string;
  readonly code: string;
  readonly display?: string;
  readonly abstract?: true;
  readonly inactive?: true;
  readonly designation?: readonly Designation[];
  readonly contains?: readonly Contained[];
}

export interface Expansion {
  readonly total: number;
  readonly contains: readonly Contained[];
  /** `url|version` of each code system it was made from. */
  readonly systems: readonly string[];
}

interface PartPage extends ConceptPage {
  readonly source: CodeSystemSource | undefined;
}

/**
 * The codes of a value set, or one page of them, in the order of its parts. Problems: unsupported `too-costly` when there are
 * more than `limits.expansionConceptsMax`, or they cannot be listed; not-found `code-system-unknown`.
 * Source: FHIR R4, operation ValueSet-expand; §4.9.8 (expansion).
 */
export async function expand(terms: Terms, order: ExpandOrder): Promise<Result<Expansion>> {
  const wanted = Math.min(order.count ?? limits.expansionConceptsMax, limits.expansionConceptsMax);
  const contains: Contained[] = [];
  const systems: string[] = [];
  let total = 0;
  for (const part of order.valueSet.parts) {
    const offset = Math.max(0, order.offset - total);
    const page = await partPage(terms, part, { order, offset, limit: wanted - contains.length });
    if (!page.ok) return page;
    total += page.value.total;
    const { source } = page.value;
    if (source?.version !== undefined) systems.push(`${source.url}|${source.version}`);
    const found = page.value.concepts.map((concept) => contained(concept, part, { order, source }));
    contains.push(...(isTree(order, source) ? treeOf(found, source) : found));
  }
  if (order.count === undefined && total - order.offset > wanted) return failed(tooCostly);
  return ok({ total, contains, systems: [...new Set(systems)] });
}

interface Paging {
  readonly order: ExpandOrder;
  readonly offset: number;
  readonly limit: number;
}

async function partPage(terms: Terms, part: SystemPart, paging: Paging): Promise<Result<PartPage>> {
  const { order, offset, limit } = paging;
  const system = versionWanted(systemOf(part), order.versions);
  if (!system.ok) return system;
  const source = await findSystem(terms, system.value);
  const names = namedCodes(part.set);
  if (names !== undefined) return ok({ ...(await namedPage(part, names, { ...paging, source })), source });
  if (source === undefined) return failed(systemUnknown(system.value));
  const page = await source.page({
    set: order.isForChoiceOnly === true ? unchosen.reduce(minus, part.set) : part.set,
    words: wordsOf(order.filter ?? ""),
    isActiveOnly: isActiveOnly(order),
    offset,
    limit,
  });
  return page === undefined ? failed(tooCostly) : ok({ ...page, source });
}

/** What code systems say of codes that nobody is meant to choose. */
const unchosen: readonly CodeSet[] = ["notSelectable", "abstract"].map((property) => ({
  is: "value",
  property,
  any: ["true"],
}));

function isActiveOnly({ isActiveOnly: isAsked, valueSet }: ExpandOrder): boolean {
  return isAsked || !valueSet.isInactiveIncluded;
}

/** Codes that are named come in the order of the definition, also where their system is not here. */
async function namedPage(
  part: SystemPart,
  names: readonly string[],
  { order, offset, limit, source }: Paging & { readonly source: CodeSystemSource | undefined },
): Promise<ConceptPage> {
  const known = await source?.findMany(names);
  const words = wordsOf(order.filter ?? "");
  const concepts = names.flatMap((code) => {
    const concept = known?.get(code) ?? nameless(source, code);
    if (concept === undefined || (isActiveOnly(order) && concept.isInactive)) return [];
    if (order.isForChoiceOnly === true && concept.isAbstract) return [];
    const text = searchText([code, displayOf(concept, [], part.listed.get(code)), ...valuesOf(concept.designations)]);
    return hasWords(text, words) ? [concept] : [];
  });
  return { concepts: concepts.slice(offset, offset + limit), total: concepts.length };
}

/** What a value set names is in it, unless its code system is here, whole, and does not have it. */
function nameless(source: CodeSystemSource | undefined, code: string): Concept | undefined {
  if (source?.isComplete === true) return undefined;
  return { code, isInactive: false, isAbstract: false, designations: [], properties: [], parents: [] };
}

function valuesOf(designations: readonly Designation[]): readonly string[] {
  return designations.map(({ value }) => value);
}

interface Shown {
  readonly order: ExpandOrder;
  readonly source: CodeSystemSource | undefined;
}

function contained(concept: Concept, part: SystemPart, { order }: Shown): Contained {
  const listed = part.listed.get(concept.code);
  const display = displayOf(concept, order.languages, listed);
  const designation = [...(listed?.designations ?? []), ...concept.designations].filter((each) =>
    isWanted(each, order),
  );
  return {
    system: part.system,
    ...(part.version === undefined ? {} : { version: part.version }),
    code: concept.code,
    ...(display === undefined ? {} : { display }),
    ...(concept.isAbstract ? { abstract: true } : {}),
    ...(concept.isInactive ? { inactive: true } : {}),
    ...(order.hasDesignations && designation.length > 0 ? { designation } : {}),
  };
}

/** A language is asked for by its tag, alone or with the system of tags. */
function isWanted({ language, use }: Designation, { designations }: ExpandOrder): boolean {
  if (designations === undefined) return true;
  const names = [language, language && `urn:ietf:bcp:47|${language}`, use && `${use.system ?? ""}|${use.code ?? ""}`];
  return names.some((name) => name !== undefined && designations.includes(name));
}

const tooCostly: Problem = {
  category: "unsupported",
  code: "too-costly",
  message: `The value set has more codes than can be listed at once (${limits.expansionConceptsMax}), or no list at all: ask for a page with count, or with a filter.`,
};
