import { failed, type Instant, incorrect, limits, ok, okUnless, type Problem, type Result, unsupported } from "#kernel";
import { isResultParameter, parseSearchQuery, type SearchQuery, type SortKey } from "#standards/fhir";
import type { Query, Sort } from "../../documents/query.ts";
import { clauseOf } from "./clause.ts";
import { readCursor } from "./cursor.ts";
import { searchableParameters } from "./searchable.ts";

export interface SearchAsked {
  readonly type: string;
  readonly parameters: URLSearchParams;
  /** See `ClauseSettings`. */
  readonly base: string | undefined;
  readonly now: Instant;
  /** `Prefer: handling=lenient`: what is not known or not done is left out, and said. */
  readonly isLenient: boolean;
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
  const problems: Problem[] = [...settings.problems, ...settingProblems(settings)];
  const all = settings.problems.length > 0 ? [] : clausesOf(settings, { asked, used, problems });
  const sort = sortOf(asked.type, settings.sort);
  if (!sort.ok) problems.push(...sort.problems);
  const after = settings.cursor === undefined ? ok(undefined) : readCursor(settings.cursor, used);
  if (!after.ok) problems.push(...after.problems);
  if (!sort.ok || !after.ok || problems.length > 0) return failedWith(problems);
  const limit = settings.count ?? limits.pageSizeDefault;
  const query: Query = { kind: asked.type, all, sort: sort.value, limit };
  return ok({ query: after.value === undefined ? query : { ...query, after: after.value }, settings });
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
function settingProblems({ summary, include, revinclude }: SearchQuery): readonly Problem[] {
  if (summary === "text" && include.length + revinclude.length > 0) {
    const message = "Includes and _summary=text cannot be asked for together.";
    return [incorrect("wrong-search-value", message, { where: "_summary" })];
  }
  if (summary !== "true") return [];
  return [unsupported("unsupported-search", "Corridor does not yet give this summary.", { where: "_summary" })];
}

const newestFirst: Sort = { by: "updated", descending: true };

/** By the last change, or by one date. */
function sortOf(type: string, [key, ...more]: readonly SortKey[]): Result<Sort> {
  if (key === undefined) return ok(newestFirst);
  const { parameter, descending } = key;
  const isByChange = parameter === "_lastUpdated" || (type === "AuditEvent" && parameter === "date");
  const isDate = key.type === "date" && searchableParameters(type).has(parameter);
  if (more.length > 0) return failed(unsupportedSort("Corridor sorts by one parameter at a time."));
  if (!isByChange && !isDate) return failed(unsupportedSort("Corridor sorts by _lastUpdated or by a date."));
  if (type === "AuditEvent" && !descending) return failed(unsupportedSort("AuditEvents come newest first."));
  return ok({ by: isByChange ? "updated" : { date: parameter }, descending });
}

function unsupportedSort(message: string): Problem {
  return unsupported("unsupported-search", message, { where: "_sort" });
}
