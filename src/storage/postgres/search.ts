import { type Cursor, type Page, type Query, SearchTooCostly, type SortValue } from "#record";
import { rowCondition } from "./clause.ts";
import { bigintArray, documentKey, parameterKey } from "./index-key.ts";
import type { ReadNeeds } from "./read.ts";
import { resolveClauses } from "./resolve-clause.ts";
import type { ResolvedClause } from "./resolved-clause.ts";
import type { Rows } from "./rows.ts";
import {
  afterCursor,
  type Direction,
  entriesOf,
  isNewestFirst,
  orderBy,
  type SortColumn,
  sortColumns,
  sortKeys,
  sortValue,
} from "./sort-order.ts";
import { SqlText } from "./sql-text.ts";
import { type StoredVersion, toVersion } from "./version-row.ts";

type SortedRow = StoredVersion & Readonly<Record<string, number | string | null>>;

/** One page of a search. It reads one row more than asked, to know whether there is a next page. */
export async function searchPage(needs: ReadNeeds, query: Query): Promise<Page> {
  return withinTime(async () => {
    const all = await resolveClauses(needs, query.kind, query.all);
    if (all.some((clause) => clause.is === "never")) return { versions: [] };
    const rows: Rows = { sql: new SqlText(), kinds: needs.kinds, kind: query.kind, depth: 0 };
    const isBackward = query.after?.isBackward === true;
    const direction = { isBackward, isDescending: isNewestFirst(query) !== isBackward };
    const columns = sortColumns(sortKeys(query), isBackward);
    const found = await rows.sql.run<SortedRow>(needs.database, pageText({ rows, all, query, direction, columns }));
    return pageOf(needs, query, found, columns);
  });
}

export async function countMatches(needs: ReadNeeds, query: Query): Promise<number> {
  return withinTime(async () => {
    const all = await resolveClauses(needs, query.kind, query.all);
    if (all.some((clause) => clause.is === "never")) return 0;
    const rows: Rows = { sql: new SqlText(), kinds: needs.kinds, kind: query.kind, depth: 0 };
    const found = await rows.sql.run<{ count: number }>(needs.database, `select count(*) from ${foundIn(rows, all)}`);
    return found[0]?.count ?? 0;
  });
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

interface PageNeeds {
  readonly rows: Rows;
  readonly all: readonly ResolvedClause[];
  readonly query: Query;
  readonly direction: Direction;
  readonly columns: readonly SortColumn[];
}

function pageText(needs: PageNeeds): string {
  const { rows, query, direction, columns } = needs;
  const order = orderBy(columns, direction);
  const [first, ...more] = sortKeys(query);
  const walked = first !== undefined && more.length === 0 && typeof first.by !== "string" && !("places" in first.by);
  const found = walked ? byEntries(needs, first.by as Walked) : byValues(needs);
  return `with page as materialized (${found} limit ${rows.sql.bind(query.limit + 1, "int")})
    select v.*${columns.map(({ name }) => `, page.${name}`).join("")}
    from page join version v using (position) order by ${order}`;
}

/** Every document found, with all that it is sorted by. */
function byValues({ rows, all, query, direction, columns }: PageNeeds): string {
  const values = sortKeys(query).map(({ by }, at) => `, ${sortValue(rows, by)} as s${at + 1}`);
  const after = query.after === undefined ? "true" : afterCursor(rows, columns, direction, query.after);
  const order = orderBy(columns, direction);
  const from = foundIn(rows, all);
  if (columns.length === 0) return `select d.position from ${from} and ${after} order by ${order}`;
  return `select * from (select d.position${values.join("")} from ${from}) found where ${after} order by ${order}`;
}

type Walked = Exclude<SortValue, string | { readonly places: unknown }>;

/**
 * By one value that has an index: the planner may go along it, and ends when the page is full, or gather what was found
 * and sort it. Of several values of a document the least counts; documents without a value come after all others.
 */
function byEntries({ rows, all, query, direction, columns }: PageNeeds, by: Walked): string {
  const { table, column, parameter } = entriesOf(by);
  const key = rows.sql.bind(parameterKey(rows.kind, parameter), "bigint");
  const after = query.after === undefined ? "true" : afterCursor(rows, columns, direction, query.after);
  const order = orderBy(columns, direction);
  const isLeast = `not exists (select from ${table} f where f.position = e.position and f.parameter = ${key}
    and (${column.replace("e.", "f.")}, f.ctid) < (${column}, e.ctid))`;
  const type = columns[0]?.type ?? "text";
  const { from, where } = matching(rows, all);
  const having = `select * from (select d.position, ${column} as s1 from ${from} join ${table} e on e.position = d.position
    where ${where} and e.parameter = ${key} and ${isLeast}) valued where ${after} order by ${order}`;
  const lacking = `select * from (select d.position, null::${type} as s1 from ${from} where ${where}
    and not exists (select from ${table} e where e.position = d.position and e.parameter = ${key})) bare
    where ${after} order by position ${direction.isDescending ? "desc" : "asc"}`;
  const limit = `limit ${rows.sql.bind(query.limit + 1, "int")}`;
  const parts = direction.isBackward ? [lacking, having] : [having, lacking];
  return `select * from (${parts.map((part) => `(${part} ${limit})`).join(" union all ")}) ordered`;
}

/** With more values than this, comparing a row's keys with all of them costs more than going to the index for each. */
const comparedKeysMax = 16;

function foundIn(rows: Rows, all: readonly ResolvedClause[]): string {
  const { from, where } = matching(rows, all);
  return `${from} where ${where}`;
}

/**
 * The table `d` and its conditions. A long list of keys that nothing narrower stands beside is looked up first, behind a
 * fence: the planner takes comparing with a thousand keys for as cheap as comparing with one.
 */
function matching(rows: Rows, all: readonly ResolvedClause[]): { readonly from: string; readonly where: string } {
  const long = all.find((clause) => isKeys(clause) && clause.any.length > comparedKeysMax);
  if (long === undefined || !isKeys(long) || all.some(isNarrow)) {
    return { from: "document d", where: rowCondition(rows, all) };
  }
  const hashes = long.is === "key" ? long.any.map((key) => documentKey(rows.kind, key)) : long.any;
  const keys = rows.sql.bind(bigintArray(hashes), "bigint[]");
  const rest = all.filter((clause) => clause !== long);
  return {
    from: `(select * from document where keys && ${keys} offset 0) d`,
    where: rowCondition(rows, rest),
  };
}

function isKeys(clause: ResolvedClause): clause is ResolvedClause & { readonly is: "key" | "hashes" } {
  return clause.is === "key" || clause.is === "hashes";
}

function isNarrow(clause: ResolvedClause): boolean {
  return clause.is === "positions" || clause.is === "id" || (isKeys(clause) && clause.any.length <= 2);
}
