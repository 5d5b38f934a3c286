import { limits, ok, type Problem, type Result } from "#kernel";
import type { Version } from "../../documents/document.ts";
import type { Cursor, Page, Query } from "../../documents/query.ts";
import type { HealthRecord } from "../../health-record.ts";
import { inParallel } from "../bundle/in-parallel.ts";

export interface MergedSearch {
  /** At least one; of several, all in the order of the last change, with the same limit and place to go on from. */
  readonly queries: readonly Query[];
  /** What the actor may not search is passed over. */
  readonly isOpen: boolean;
  /** Nobody named the kinds: those that the actor may not search, or of which there is nothing, are left out. */
  readonly isUnnamed?: boolean;
  /** A key that is among the conditions of every query. */
  readonly key?: string;
}

export interface MergedPage extends Page {
  /** Why searches were passed over. */
  readonly refused: readonly Problem[];
}

/**
 * One page of what several searches find together. Positions in the feed order all kinds, so the place where a page ended
 * is the same for each of them. Each is read a little at a time, and further only where that is needed.
 */
export async function mergedPage(record: HealthRecord, search: MergedSearch): Promise<Result<MergedPage>> {
  const queries = await findingQueries(record, search);
  if (!queries.ok) return queries;
  const [first] = queries.value;
  const { isOpen } = search;
  if (first === undefined) return ok({ versions: [], refused: [] });
  if (queries.value.length === 1) return onlyPage(await record.search(first), isOpen);
  const { limit } = first;
  const sources: Source[] = queries.value.map((query) => ({ query, rows: [], more: query.after, isToRead: true }));
  const refused: Problem[] = [];
  let chunk = Math.min(limit, Math.max(limits.mergedRowsMin, Math.ceil((2 * limit) / sources.length)));
  for (;;) {
    const toRead = sources.filter(({ isToRead }) => isToRead);
    const read = permitted(await inParallel(toRead, (source) => readFurther(record, source, chunk)), isOpen);
    if (!read.ok) return read;
    refused.push(...read.value.refused);
    const rows = sources.flatMap((source) => source.rows).sort(inOrderOf(first));
    const last = rows[limit - 1];
    for (const source of sources) source.isToRead = mayPrecede(source, last);
    if (!sources.some(({ isToRead }) => isToRead)) return ok({ ...pageOf(first, rows, sources), refused });
    chunk = Math.min(limit, chunk * 4);
  }
}

/** A single search may be in any order. */
function onlyPage(page: Result<Page>, isOpen: boolean): Result<MergedPage> {
  const read = permitted([page], isOpen);
  return read.ok ? ok({ versions: [], ...read.value.values[0], refused: read.value.refused }) : read;
}

/**
 * Those of the queries that may find something, as of most kinds of FHIR a hospital has nothing; where none may, one of them
 * all the same, so that the log says what was asked.
 */
async function findingQueries(
  record: HealthRecord,
  { queries, isUnnamed, key }: MergedSearch,
): Promise<Result<readonly Query[]>> {
  if (isUnnamed !== true || queries.length <= 1) return ok(queries);
  const kinds = await record.kindsHolding([...new Set(queries.map(({ kind }) => kind))], key);
  if (!kinds.ok) return kinds;
  const held = new Set(kinds.value);
  const finding = queries.filter(({ kind }) => held.has(kind));
  return ok(finding.length > 0 ? finding : queries.slice(0, 1));
}

/** One of the searches, as far as it was read. */
interface Source {
  readonly query: Query;
  /** In the order in which they are gone through: from the start of the page, or backwards from its end. */
  readonly rows: Version[];
  /** Where to go on; undefined at the end. */
  more: Cursor | undefined;
  isToRead: boolean;
}

async function readFurther(record: HealthRecord, source: Source, limit: number): Promise<Result<undefined>> {
  const { query, more, rows } = source;
  const page = await record.search({ ...query, limit, ...(more === undefined ? {} : { after: more }) });
  source.more = undefined;
  if (!page.ok) return page;
  const { versions, next, previous } = page.value;
  rows.push(...(isBackward(query) ? versions.toReversed() : versions));
  source.more = isBackward(query) ? previous : next;
  return ok(undefined);
}

function isBackward({ after }: Query): boolean {
  return after?.isBackward === true;
}

function inOrderOf(query: Query): (one: Version, other: Version) => number {
  const isDescending = query.sort.descending !== isBackward(query);
  return (one, other) => (isDescending ? other.position - one.position : one.position - other.position);
}

/** Whether what was not read of a source may come before the last row of the page; `last` undefined: the page is not full. */
function mayPrecede({ query, rows, more }: Source, last: Version | undefined): boolean {
  const end = rows.at(-1);
  if (more === undefined) return false;
  return last === undefined || end === undefined || inOrderOf(query)(end, last) < 0;
}

function pageOf(query: Query, rows: readonly Version[], sources: readonly Source[]): Page {
  const { limit, after } = query;
  const isMore = rows.length > limit || sources.some(({ more }) => more !== undefined);
  const taken = rows.slice(0, limit);
  const versions = isBackward(query) ? taken.toReversed() : taken;
  const [first, last] = [versions[0], versions.at(-1)];
  if (first === undefined || last === undefined) return { versions };
  const previous: Cursor = { position: first.position, isBackward: true };
  return {
    versions,
    ...(isBackward(query) || isMore ? { next: { position: last.position } } : {}),
    ...((isBackward(query) ? isMore : after !== undefined) ? { previous } : {}),
  };
}

/** How many several searches find together. */
export async function mergedCount(record: HealthRecord, search: MergedSearch): Promise<Result<number>> {
  const queries = await findingQueries(record, search);
  if (!queries.ok) return queries;
  const counts = permitted(await inParallel(queries.value, (query) => record.count(query)), search.isOpen);
  return counts.ok ? ok(counts.value.values.reduce((sum, count) => sum + count, 0)) : counts;
}

interface Permitted<T> {
  readonly values: readonly T[];
  readonly refused: readonly Problem[];
}

function permitted<T>(results: readonly Result<T>[], isOpen: boolean): Result<Permitted<T>> {
  const values: T[] = [];
  const refused: Problem[] = [];
  for (const result of results) {
    if (result.ok) values.push(result.value);
    else if (!isOpen || result.problems[0].category !== "forbidden") return result;
    else refused.push(result.problems[0]);
  }
  return ok({ values, refused });
}
