import { type Cursor, type Page, type Query, SearchTooCostly } from "#record";
import { matching, matchingNewest } from "./matching.ts";
import { afterText, type PageNeeds, pageText, valuedPageText } from "./page-text.ts";
import type { ReadNeeds } from "./read.ts";
import { resolveClauses } from "./resolve-clause.ts";
import type { Rows } from "./rows.ts";
import { isNewestFirst, type SortColumn, sortColumns, sortKeys } from "./sort-order.ts";
import { SqlText } from "./sql-text.ts";
import { type StoredVersion, toVersion } from "./version-row.ts";

type SortedRow = StoredVersion & Readonly<Record<string, number | string | null>>;

/** One page of a search. It reads one row more than asked, to know whether there is a next page. */
export async function searchPage(needs: ReadNeeds, query: Query): Promise<Page> {
  return withinTime(async () => {
    const all = await resolveClauses(needs, query.kind, query.all);
    if (all.some((clause) => clause.is === "never")) return { versions: [] };
    const isBackward = query.after?.isBackward === true;
    const direction = { isBackward, isDescending: isNewestFirst(query) !== isBackward };
    const columns = sortColumns(sortKeys(query), isBackward);
    const page = { all, query, direction, columns };
    const newest = await (columns.length === 0 ? fullPage(needs, page) : fullValuedPage(needs, page));
    const rows = newRows(needs, query);
    const found = newest ?? (await rows.sql.run<SortedRow>(needs.database, pageText({ ...page, rows })));
    return pageOf(needs, query, found, columns);
  });
}

export async function countMatches(needs: ReadNeeds, query: Query): Promise<number> {
  return withinTime(async () => {
    const all = await resolveClauses(needs, query.kind, query.all);
    if (all.some((clause) => clause.is === "never")) return 0;
    const rows = newRows(needs, query);
    const { from, where } = matching(rows, all);
    const text = `select count(*) from ${from} where ${where}`;
    const found = await rows.sql.run<{ count: number }>(needs.database, text);
    return found[0]?.count ?? 0;
  });
}

function newRows({ kinds }: ReadNeeds, { kind }: Query): Rows {
  return { sql: new SqlText(), kinds, kind, depth: 0 };
}

/** A page that the newest documents fill; undefined where they do not, or need not be tried. */
async function fullPage(needs: ReadNeeds, page: Omit<PageNeeds, "rows">): Promise<readonly SortedRow[] | undefined> {
  const { query, all, direction } = page;
  const rows = newRows(needs, query);
  const newest = matchingNewest(rows, all, { ...direction, after: afterText({ ...page, rows }) });
  if (newest === undefined) return undefined;
  const found = await rows.sql.run<SortedRow>(needs.database, pageText({ ...page, rows }, newest));
  return found.length > query.limit ? found : undefined;
}

/** A page that is full of documents with a value of what they are sorted by; undefined where it is not. */
async function fullValuedPage(
  needs: ReadNeeds,
  page: Omit<PageNeeds, "rows">,
): Promise<readonly SortedRow[] | undefined> {
  const rows = newRows(needs, page.query);
  const text = valuedPageText({ ...page, rows });
  if (text === undefined) return undefined;
  const found = await rows.sql.run<SortedRow>(needs.database, text);
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
