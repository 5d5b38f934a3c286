import type { Query, SortDate, SortValue } from "#record";
import { rowCondition } from "./clause.ts";
import { parameterKey, scopeKey } from "./index-key.ts";
import { isExclusion } from "./long-negation.ts";
import { comparedCondition } from "./lookups.ts";
import { isLong, isSteady, type Matching, matching } from "./matching.ts";
import type { ResolvedClause } from "./resolved-clause.ts";
import type { Rows } from "./rows.ts";
import { afterCursor, type Direction, entriesOf, orderBy, type SortColumn, sortKeys, sortValue } from "./sort-order.ts";

export interface PageNeeds {
  readonly rows: Rows;
  readonly all: readonly ResolvedClause[];
  readonly query: Query;
  readonly direction: Direction;
  readonly columns: readonly SortColumn[];
}

/** The statement for one page, and one row more. */
export function pageText(needs: PageNeeds, from: Matching = matching(needs.rows, needs.all)): string {
  const by = walkedValue(needs.query);
  return by === undefined
    ? withVersions(needs, byValues(needs, from))
    : withVersions(needs, byEntries(needs, by, from));
}

/**
 * The same of documents that have a value of what they are sorted by, where those come first: most pages hold no others.
 * Undefined where the order is another.
 */
export function valuedPageText(needs: PageNeeds): ValuedPage | undefined {
  const by = walkedValue(needs.query);
  if (by === undefined || needs.direction.isBackward) return undefined;
  const under = filedUnder(needs, by);
  if (under !== undefined) return { text: withVersions(needs, filed(needs, by, under)), isSteady: true };
  const from = matching(needs.rows, needs.all);
  if (isSteady(needs.all) && "date" in by && by.isSingle === true)
    return { text: withVersions(needs, ownDate(needs, by, from)), isSteady: true };
  return { text: withVersions(needs, valued(needs, by, from)), isSteady: false };
}

export interface ValuedPage {
  readonly text: string;
  /** Whether its plan is the same for any values (see `isSteady`). */
  readonly isSteady: boolean;
}

function withVersions({ rows, query, columns, direction }: PageNeeds, found: string): string {
  return `with page as materialized (${found} limit ${rows.sql.bind(query.limit + 1, "int")})
    select v.*${columns.map(({ name }) => `, page.${name}`).join("")}
    from page join version v using (position) order by ${orderBy(columns, direction)}`;
}

/** What a search is sorted by that has an index. */
function walkedValue(query: Query): Walked | undefined {
  const [first, ...more] = sortKeys(query);
  return first !== undefined && more.length === 0 && isWalked(first.by) ? first.by : undefined;
}

interface Filed {
  readonly by: SortDate;
  /** The key that the dates are filed under. */
  readonly under: string;
  /** What else is asked of each document, as it stands. */
  readonly rest: readonly ResolvedClause[];
}

/** Where the dates are filed under what is asked for, no document need be looked at, or each only be compared. */
function filedUnder({ all }: PageNeeds, by: Walked): Filed | undefined {
  if (!("date" in by) || by.under === undefined) return undefined;
  const { under } = by;
  const own = all.find((clause) => clause.is === "key" && clause.any.length === 1 && clause.any[0] === under);
  const rest = all.filter((clause) => clause !== own);
  const isCompared = rest.every((clause) => clause.is === "present" || isExclusion(clause) || isLong(clause));
  return own === undefined || !isCompared ? undefined : { by, under, rest };
}

/** So many are looked at for a page: where fewer satisfy the rest than fill it, another way is shorter. */
const filedMax = 400;

/** Rows after the cursor, if there is one. */
export function afterText({ rows, query, direction, columns }: PageNeeds): string {
  return query.after === undefined ? "true" : afterCursor(rows, columns, direction, query.after);
}

/** Every document found, with all that it is sorted by. */
function byValues(needs: PageNeeds, { from, where }: Matching): string {
  const { rows, query, direction, columns } = needs;
  const values = sortKeys(query).map(({ by }, at) => `, ${sortValue(rows, by)} as s${at + 1}`);
  const order = orderBy(columns, direction);
  const after = afterText(needs);
  if (columns.length === 0) return `select d.position from ${from} where ${where} and ${after} order by ${order}`;
  return `select * from (select d.position${values.join("")} from ${from} where ${where}) found
    where ${after} order by ${order}`;
}

type Walked = SortDate | { readonly text: string };

/** Numbers may be infinite, which the index does not tell from none. */
function isWalked(by: SortValue): by is Walked {
  return typeof by !== "string" && ("date" in by || "text" in by);
}

/**
 * By one value that has an index: the planner may go along it, and ends when the page is full, or gather what was found
 * and sort it. Of several values of a document the least counts; documents without a value come after all others.
 */
function byEntries(needs: PageNeeds, by: Walked, { from, where }: Matching): string {
  const { rows, query, direction, columns } = needs;
  const { table, parameter } = entriesOf(by);
  const key = rows.sql.bind(parameterKey(rows.kind, parameter), "bigint");
  const after = afterText(needs);
  const way = direction.isDescending ? "desc" : "asc";
  const having = valued(needs, by, { from, where });
  const lacking = `select * from (select d.position, null::${columns[0]?.type ?? "text"} as s1 from ${from} where ${where}
    and not exists (select from ${table} e where e.position = d.position and e.parameter = ${key})) bare
    where ${after} order by position ${way}`;
  const limit = `limit ${rows.sql.bind(query.limit + 1, "int")}`;
  const parts = direction.isBackward ? [lacking, having] : [having, lacking];
  return `select * from (${parts.map((part) => `(${part} ${limit})`).join(" union all ")}) ordered`;
}

/** Those that have a value. */
function valued(needs: PageNeeds, by: Walked, { from, where }: Matching): string {
  const { table, column, parameter } = entriesOf(by);
  const key = needs.rows.sql.bind(parameterKey(needs.rows.kind, parameter), "bigint");
  const least = ` and not exists (select from ${table} f where f.position = e.position and f.parameter = ${key}
    and (${column.replace("e.", "f.")}, f.ctid) < (${column}, e.ctid))`;
  const isSingle = "date" in by && by.isSingle === true;
  return inOrder(
    needs,
    `select e.position, ${column} as s1 from ${from} join ${table} e on e.position = d.position
      where ${where} and e.parameter = ${key}${isSingle ? "" : least}`,
  );
}

/** By the one date that a document has: each document found is asked for its own, and nothing else comes into question. */
function ownDate(needs: PageNeeds, by: SortDate, { from, where }: Matching): string {
  const { table, column, parameter } = entriesOf(by);
  const key = needs.rows.sql.bind(parameterKey(needs.rows.kind, parameter), "bigint");
  const own = `select ${column} as s1 from ${table} e where e.position = d.position and e.parameter + 0 = ${key} offset 0`;
  return inOrder(needs, `select d.position, dated.s1 from ${from} cross join lateral (${own}) dated where ${where}`);
}

/** By the entries under a key. */
function filed(needs: PageNeeds, by: Walked, { under, rest }: Filed): string {
  const { rows } = needs;
  const { table, column, parameter } = entriesOf(by);
  const scope = rows.sql.bind(scopeKey(rows.kind, parameter, under), "bigint");
  const found = inOrder(needs, `select e.position, ${column} as s1 from ${table} e where e.scope = ${scope}`);
  if (rest.length === 0) return found;
  const one = `select d.* from document d where ${rowCondition(rows, [])} and d.position = walked.position offset 0`;
  const conditions = rest.map((clause) => comparedCondition(rows, clause));
  return `select walked.* from (${found} limit ${filedMax}) walked cross join lateral (${one}) d
    where ${conditions.join(" and ")} order by ${entriesOrder(needs)}`;
}

/** No nulls here, and the index has no place for them: said otherwise, the planner would not go along it. */
function inOrder(needs: PageNeeds, found: string): string {
  return `select * from (${found}) valued where ${afterText(needs)} order by ${entriesOrder(needs)}`;
}

function entriesOrder({ columns, direction }: PageNeeds): string {
  return `s1 ${columns[0]?.descending ? "desc" : "asc"}, position ${direction.isDescending ? "desc" : "asc"}`;
}
