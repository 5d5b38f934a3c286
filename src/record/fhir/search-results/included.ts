import { busy, limits, ok, type Problem, type Result } from "#kernel";
import { type Include, resourceTypes, searchParameterOf } from "#standards/fhir";
import { type Key, keyText, type Version } from "../../documents/document.ts";
import type { Query } from "../../documents/query.ts";
import type { HealthRecord } from "../../health-record.ts";
import { pointingAt } from "../search/reference-keys.ts";
import { canonicalSearches, type Followed, isNamed } from "./canonicals.ts";
import { mergedPage } from "./merged-search.ts";
import { ownKeys, referenceParameters, writtenReferences } from "./references.ts";

export interface IncludeNeeds {
  readonly record: HealthRecord;
  /** The address of this server. */
  readonly base: string;
  readonly include: readonly Include[];
  readonly revinclude: readonly Include[];
}

export interface Included {
  /** Each once, and none that was found by the search itself. */
  readonly versions: readonly Version[];
  /** What was left out: `results-incomplete` at a limit, and what the actor may not search. */
  readonly problems: readonly Problem[];
}

/**
 * What includes add to a page: with one read, and one search a type that points at it, for each step. Whatever the actor
 * may not read is not found. Problems: those of the record. Source: FHIR R4 §3.1.1.5.5 (_include, _revinclude).
 */
export async function includedWith(matches: readonly Version[], needs: IncludeNeeds): Promise<Result<Included>> {
  const seen = new Set(matches.map(keyText));
  const versions: Version[] = [];
  const problems: Problem[] = [];
  let from = matches;
  for (let step = 1; from.length > 0; step += 1) {
    const isFirst = step === 1;
    const applies = (include: Include) => isFirst || include.iterate;
    const asked = { include: needs.include.filter(applies), revinclude: needs.revinclude.filter(applies) };
    if (asked.include.length + asked.revinclude.length === 0) break;
    if (step > limits.searchIncludeStepsMax) {
      problems.push(incomplete(`Includes were followed ${limits.searchIncludeStepsMax} steps, and no further.`));
      break;
    }
    const found = await oneStep(from, { ...needs, ...asked }, limits.searchIncludedMax - versions.length);
    if (!found.ok) return found;
    from = found.value.versions.filter((version) => !seen.has(keyText(version)) && seen.add(keyText(version)));
    const room = limits.searchIncludedMax - versions.length;
    versions.push(...from.slice(0, room));
    problems.push(...found.value.problems);
    if (from.length > room) problems.push(tooManyIncluded);
    if (versions.length >= limits.searchIncludedMax) break;
  }
  return ok({ versions, problems: distinct(problems) });
}

function incomplete(message: string): Problem {
  return busy("results-incomplete", message);
}

export const tooManyIncluded = incomplete(
  `More than ${limits.searchIncludedMax} resources would be included; the others are not told.`,
);

function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [problem.message, problem])).values()];
}

async function oneStep(from: readonly Version[], needs: IncludeNeeds, room: number): Promise<Result<Included>> {
  const followed = followedFrom(from, needs.include);
  const keys = forwardKeys(from, followed, needs.base);
  const [read, ...searched] = await Promise.all([
    keys.length === 0 ? ok<readonly Version[]>([]) : needs.record.readMany(keys.slice(0, room + 1)),
    pointersTo(from, needs, room),
    definitionsNamedBy(followed, needs, room),
  ]);
  if (!read.ok) return read;
  const versions = [...read.value];
  const problems: Problem[] = keys.length > room + 1 ? [tooManyIncluded] : [];
  for (const each of searched) {
    if (!each.ok) return each;
    versions.push(...each.value.versions);
    problems.push(...each.value.problems);
  }
  return ok({ versions, problems });
}

/** What each include follows, read once for all. */
function followedFrom(from: readonly Version[], include: readonly Include[]): readonly Followed[] {
  return include.map(({ source, parameter, target }) => {
    const holders = from.filter(({ kind }) => source === "*" || source === kind);
    return { target, references: writtenReferences(holders, parameter) };
  });
}

function forwardKeys(from: readonly Version[], followed: readonly Followed[], base: string): readonly Key[] {
  const known = new Set(from.map(keyText));
  const keys = new Map<string, Key>();
  for (const { target, references } of followed) {
    const texts = references.map(({ text }) => text);
    for (const key of ownKeys(texts, base)) {
      const isWanted = (target === undefined || target === key.kind) && !known.has(keyText(key));
      if (isWanted) keys.set(keyText(key), key);
    }
  }
  return [...keys.values()];
}

/** What points at these, each type by one search; the newest, where there are too many. */
async function pointersTo(
  from: readonly Version[],
  { record, base, revinclude }: IncludeNeeds,
  room: number,
): Promise<Result<Included>> {
  const limit = Math.max(1, Math.min(room, limits.pageSizeMax));
  const queries = reverseSearches(from, revinclude).map(
    ({ type, parameters, targets }): Query => ({
      kind: type,
      all: [pointingAt({ type, parameters, targets, base })],
      sort: { by: "updated", descending: true },
      limit,
    }),
  );
  const isUnnamed = revinclude.some(({ source }) => source === "*");
  const page = await mergedPage(record, { queries, isOpen: true, isUnnamed });
  if (!page.ok) return page;
  const { versions, next, refused } = page.value;
  // Types that nobody named are passed over without a word.
  const told = isUnnamed ? [] : refused;
  return ok({ versions, problems: next === undefined ? told : [...told, tooManyIncluded] });
}

/** What canonicals name, each type by one search. */
async function definitionsNamedBy(
  followed: readonly Followed[],
  { record, base }: IncludeNeeds,
  room: number,
): Promise<Result<Included>> {
  const searches = canonicalSearches(followed, base);
  const limit = Math.max(1, Math.min(room, limits.pageSizeMax));
  const queries = searches.map(
    ({ type, urls }): Query => ({
      kind: type,
      all: [{ is: "key", any: urls.map((url) => `url=${url}`) }],
      sort: { by: "updated", descending: true },
      limit,
    }),
  );
  const page = await mergedPage(record, { queries, isOpen: true });
  if (!page.ok) return page;
  const { versions, next } = page.value;
  const problems = next === undefined ? [] : [tooManyIncluded];
  return ok({ versions: versions.filter((version) => isNamed(version, searches)), problems });
}

interface ReverseSearch {
  readonly type: string;
  readonly parameters: readonly string[];
  readonly targets: readonly string[];
}

function reverseSearches(from: readonly Version[], revinclude: readonly Include[]): readonly ReverseSearch[] {
  return revinclude.flatMap(({ source, parameter, target }) => {
    const targets = from.filter(({ kind }) => target === undefined || target === kind);
    const types = source === "*" ? resourceTypes.filter((type) => type !== "AuditEvent") : [source];
    return types.flatMap((type) => {
      const codes = parameter === "*" ? referenceParameters(type) : [parameter];
      const parameters = codes.filter((code) => targets.some(({ kind }) => mayPointAt(type, code, kind)));
      return parameters.length === 0 ? [] : [{ type, parameters, targets: targets.map(keyText) }];
    });
  });
}

function mayPointAt(type: string, code: string, kind: string): boolean {
  const targets = searchParameterOf(type, code)?.targets ?? [];
  return targets.length === 0 || targets.includes(kind);
}
