import { type Cursor, type Page, type Query, SearchTooCostly } from "#record";
import type { Database } from "./database.ts";
import { isAskedOfRow, lookedUpPage } from "./looked-up-page.ts";
import { isOfOne, isSteady, matching, matchingNewest, noteRare } from "./matching.ts";
import { afterText, type PageNeeds, pageText, valuedPageText } from "./page-text.ts";
import type { ReadNeeds } from "./read.ts";
import { looksUpPositions, resolveClauses } from "./resolve-clause.ts";
import { resolvedSort, sortLooksUpPositions } from "./resolved-sort.ts";
import type { Rows } from "./rows.ts";
import { type Direction, isNewestFirst, type SortColumn, sortColumns, sortKeys } from "./sort-order.ts";
import { SqlText } from "./sql-text.ts";
import { type StoredVersion, toVersion } from "./version-row.ts";

type SortedRow = StoredVersion & Readonly<Record<string, number | string | null>>;

export interface SearchNeeds extends ReadNeeds {
  /** For statements that are planned once (see `openSteady`). */
  readonly steady: Database;
}

/** One page of a search. It reads one row more than asked, to know whether there is a next page. */
export async function searchPage(needs: SearchNeeds, query: Query): Promise<Page> {
  return withinTime(async () => {
    const led = await ledPage(needs, query);
    if (led !== undefined && led !== "too many") return led;
    return asOfOneMoment(needs, query, (seen) => steppedPage(seen, query, led === "too many"));
  });
}

/** The same for who holds the lock of the head, so that nothing changes from one statement to the next. */
export async function searchLocked(locked: ReadNeeds, query: Query): Promise<Page> {
  return withinTime(() => steppedPage({ ...locked, steady: locked.database }, query, false));
}

/**
 * What is looked up in one statement and asked for in the next must not have moved between them: a document that is written
 * anew has another position, and would be missed by both. One statement sees one moment by itself.
 */
async function asOfOneMoment<Needs extends ReadNeeds, T>(
  needs: Needs,
  query: Query,
  work: (needs: Needs) => Promise<T>,
): Promise<T> {
  if (!looksUpPositions(query.all) && !sortLooksUpPositions(query)) return work(needs);
  const seen = needs.database.begin("isolation level repeatable read read only", (sql) =>
    work({ ...needs, database: sql, steady: sql }),
  );
  return seen as Promise<T>;
}

/** By as many statements as it takes; `wasTooMany`: what leads to the page was looked up before, and is too much. */
async function steppedPage(needs: SearchNeeds, query: Query, wasTooMany: boolean): Promise<Page> {
  const isKnown = wasTooMany && query.all.every(isAskedOfRow);
  const all = isKnown ? query.all.filter(isAskedOfRow) : await resolveClauses(needs, query.kind, query.all);
  if (all.some((clause) => clause.is === "never")) return { versions: [] };
  const direction = directionOf(query);
  const columns = sortColumns(sortKeys(query), direction.isBackward);
  const page = { all, query, direction, columns };
  const newest = isKnown ? undefined : await (columns.length === 0 ? fullPage : fullValuedPage)(needs, page);
  const rows = { ...newRows(needs, query), sortedBy: await resolvedSort(needs, query) };
  const database = isSteady(all) && columns.length === 0 ? needs.steady : needs.database;
  const found = newest ?? (await rows.sql.run<SortedRow>(database, pageText({ ...page, rows })));
  return pageOf(needs, query, found, columns);
}

function directionOf(query: Query): Direction {
  const isBackward = query.after?.isBackward === true;
  return { isBackward, isDescending: isNewestFirst(query) !== isBackward };
}

type LedRow = SortedRow & { readonly few: boolean };

/**
 * The page by one statement, where that can say what it looks up first. Undefined where it cannot; `too many` where more was
 * looked up than led to the page.
 */
async function ledPage(needs: SearchNeeds, query: Query): Promise<Page | "too many" | undefined> {
  if (query.all.some(isOfOne)) return undefined;
  const rows = newRows(needs, query);
  const statement = lookedUpPage(rows, query, directionOf(query));
  if (statement === undefined) return undefined;
  const found = await rows.sql.run<LedRow>(needs.steady, statement.text);
  const page = found.filter(({ position }) => position !== null);
  const isAnswer = found[0]?.few === true || (statement.triesNewest && page.length > query.limit);
  return isAnswer ? pageOf(needs, query, page, []) : "too many";
}

export async function countMatches(needs: ReadNeeds, query: Query): Promise<number> {
  return withinTime(() => asOfOneMoment(needs, query, (seen) => steppedCount(seen, query)));
}

async function steppedCount(needs: ReadNeeds, query: Query): Promise<number> {
  const all = await resolveClauses(needs, query.kind, query.all);
  if (all.some((clause) => clause.is === "never")) return 0;
  const rows = newRows(needs, query);
  const { from, where } = matching(rows, all);
  const text = `select count(*) from ${from} where ${where}`;
  const found = await rows.sql.run<{ count: number }>(needs.database, text);
  return found[0]?.count ?? 0;
}

function newRows({ kinds }: ReadNeeds, { kind }: Query): Rows {
  return { sql: new SqlText(), kinds, kind, depth: 0 };
}

/** A page that the newest documents fill; undefined where they do not, or need not be tried. */
async function fullPage(needs: SearchNeeds, page: Omit<PageNeeds, "rows">): Promise<readonly SortedRow[] | undefined> {
  const { query, all, direction } = page;
  const rows = newRows(needs, query);
  const newest = matchingNewest(rows, all, { ...direction, after: afterText({ ...page, rows }) });
  if (newest === undefined) return undefined;
  const found = await rows.sql.run<SortedRow>(needs.database, pageText({ ...page, rows }, newest));
  if (found.length > query.limit) return found;
  noteRare(all);
  return undefined;
}

/** A page that is full of documents with a value of what they are sorted by; undefined where it is not. */
async function fullValuedPage(
  needs: SearchNeeds,
  page: Omit<PageNeeds, "rows">,
): Promise<readonly SortedRow[] | undefined> {
  const rows = newRows(needs, page.query);
  const valued = valuedPageText({ ...page, rows });
  if (valued === undefined) return undefined;
  const found = await rows.sql.run<SortedRow>(valued.isSteady ? needs.steady : needs.database, valued.text);
  return found.length > page.query.limit ? found : undefined;
}

/** PostgreSQL: query_canceled, for a statement past `limits.searchTimeMsMax`. */
const cancelled = "57014";

async function withinTime<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isCancelled = error instanceof Error && "code" in error && error.code === cancelled;
    throw isCancelled ? new SearchTooCostly("it takes too long", { cause: error }) : error;
  }
}

function pageOf(needs: ReadNeeds, query: Query, found: readonly SortedRow[], columns: readonly SortColumn[]): Page {
  const { after, limit } = query;
  const isBackward = after?.isBackward === true;
  const shown = isBackward ? found.slice(0, limit).reverse() : found.slice(0, limit);
  const versions = shown.map((row) => toVersion(row, needs.kinds));
  const [first, last] = [shown[0], shown.at(-1)];
  if (first === undefined || last === undefined) return { versions };
  const isMore = found.length > limit;
  const place = (row: SortedRow): Cursor => ({
    position: row.position,
    ...(columns.length === 0 ? {} : { values: columns.map(({ name }) => row[name] ?? null) }),
  });
  return {
    versions,
    ...(isBackward || isMore ? { next: place(last) } : {}),
    ...((isBackward ? isMore : after !== undefined) ? { previous: { ...place(first), isBackward: true } } : {}),
  };
}
