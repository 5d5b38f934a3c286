import { failed, type Instant, incorrect, limits, ok, okUnless, type Problem, type Result, unsupported } from "#kernel";
import { isResultParameter, parseSearchQuery, type SearchQuery } from "#standards/fhir";
import type { Clause } from "../../documents/clause.ts";
import type { Query } from "../../documents/query.ts";
import { sortUnderCode, underCodes } from "../filed-under.ts";
import { clauseOf } from "./clause.ts";
import { readCursor, wrongCursor } from "./cursor.ts";
import { mergedDates } from "./merged-dates.ts";
import { mergedNumbers } from "./merged-numbers.ts";
import { fitsSort, sortOf } from "./sort.ts";

export interface SearchAsked {
  readonly type: string;
  readonly parameters: URLSearchParams;
  /** See `ClauseSettings`. */
  readonly base: string | undefined;
  readonly now: Instant;
  /** `Prefer: handling=lenient`: what is not known or not done is left out, and said. */
  readonly isLenient: boolean;
  /** Contained resources may be asked for too; left out, that is refused, as nobody would look at them. */
  readonly mayAskContained?: boolean;
}

/** A search that can be run. */
export interface SearchRequest {
  readonly query: Query;
  readonly settings: SearchQuery;
  /** What was acted on: for the `self` link. */
  readonly used: URLSearchParams;
  /** Why the other parameters were left out. Empty unless the caller asked for leniency. */
  readonly ignored: readonly Problem[];
}

/**
 * Reads a search. Nothing is passed over in silence: what cannot be done is a problem, unless the caller is lenient, and
 * then it is among `ignored`. Problems: those of `parseSearchQuery`, `unsupported-search`, `wrong-cursor`.
 * Source: FHIR R4 §3.1.1.3.2 (handling errors).
 */
export function readSearch(asked: SearchAsked): Result<SearchRequest> {
  const used = new URLSearchParams(asked.parameters);
  const ignored: Problem[] = [];
  for (;;) {
    const read = readStrictly(asked, used);
    if (read.ok) return ok({ ...read.value, used, ignored });
    if (!asked.isLenient || !read.problems.every(mayBeIgnored)) return read;
    const sizeBefore = used.size;
    for (const { where = "" } of read.problems) used.delete(where);
    if (used.size === sizeBefore) return read;
    ignored.push(...read.problems);
  }
}

function mayBeIgnored({ code }: Problem): boolean {
  return code === "unknown-search-parameter" || code === "unsupported-search";
}

function readStrictly(asked: SearchAsked, used: URLSearchParams): Result<Pick<SearchRequest, "query" | "settings">> {
  const settings = parseSearchQuery(asked.type, used);
  const problems: Problem[] = [...settings.problems, ...settingProblems(settings, asked)];
  const all = settings.problems.length > 0 ? [] : clausesOf(settings, { asked, used, problems });
  const sort = sortOf(asked.type, settings.sort);
  if (!sort.ok) problems.push(...sort.problems);
  if (countOf(all) > limits.searchClausesMax) problems.push(tooMany);
  const after = settings.cursor === undefined ? ok(undefined) : readCursor(settings.cursor, used);
  if (!after.ok) problems.push(...after.problems);
  if (!sort.ok || !after.ok || problems.length > 0) return failedWith(problems);
  if (after.value !== undefined && !fitsSort(after.value, sort.value)) return failed(wrongCursor);
  const limit = settings.count ?? limits.pageSizeDefault;
  const merged = underCodes(asked.type, mergedNumbers(asked.type, mergedDates(asked.type, all)));
  const query: Query = {
    kind: asked.type,
    all: merged,
    sort: sortUnderCode(asked.type, merged, sort.value),
    limit,
  };
  return ok({ query: after.value === undefined ? query : { ...query, after: after.value }, settings });
}

const tooMany = unsupported("too-costly", `A search has ${limits.searchClausesMax} conditions at most.`);

function countOf(clauses: readonly Clause[]): number {
  return clauses.reduce((sum, clause) => sum + 1 + countOf(within(clause)), 0);
}

function within(clause: Clause): readonly Clause[] {
  if (clause.is === "refers" || clause.is === "referred") return clause.all;
  if (clause.is === "all" || clause.is === "any") return clause.of;
  return clause.is === "not" ? [clause.of] : [];
}

function failedWith(problems: readonly Problem[]): Result<never> {
  return okUnless(problems, undefined as never);
}

interface Reading {
  readonly asked: SearchAsked;
  readonly used: URLSearchParams;
  readonly problems: Problem[];
}

/** The criteria come in the order of the parameters they were read from, so each is told under its written name. */
function clausesOf({ criteria }: SearchQuery, { asked, used, problems }: Reading): Query["all"] {
  const names = [...used.keys()].filter((name) => !isResultParameter(name) && !isForTheDoor(name));
  return criteria.flatMap((criterion, index) => {
    const clause = clauseOf(criterion, names[index] ?? criterion.kind, asked);
    if (clause.ok) return [clause.value];
    problems.push(...clause.problems);
    return [];
  });
}

function isForTheDoor(name: string): boolean {
  return name === "_format" || name === "_pretty";
}

/** Source: FHIR R4 §3.1.1.5.8 (includes and _summary=text are not mixed). */
function settingProblems(
  { summary, include, revinclude, contained }: SearchQuery,
  { mayAskContained }: SearchAsked,
): readonly Problem[] {
  if (mayAskContained !== true && (contained ?? "false") !== "false") return [notContained];
  if (summary !== "text" || include.length + revinclude.length === 0) return [];
  const message = "Includes and _summary=text cannot be asked for together.";
  return [incorrect("wrong-search-value", message, { where: "_summary" })];
}

const notContained = unsupported("unsupported-search", "Contained resources are not searched here.", {
  where: "_contained",
});
