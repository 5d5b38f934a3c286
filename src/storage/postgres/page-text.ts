import type { Query, SortValue } from "#record";
import { parameterKey } from "./index-key.ts";
import { type Matching, matching } from "./matching.ts";
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
  const { rows, query, direction, columns } = needs;
  const [first, ...more] = sortKeys(query);
  const found = first !== undefined && more.length === 0 && isWalked(first.by) ? byEntries(needs, first.by, from) : "";
  return `with page as materialized (${found || byValues(needs, from)} limit ${rows.sql.bind(query.limit + 1, "int")})
    select v.*${columns.map(({ name }) => `, page.${name}`).join("")}
    from page join version v using (position) order by ${orderBy(columns, direction)}`;
}

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

type Walked = { readonly date: string } | { readonly text: string };

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
  const { table, column, parameter } = entriesOf(by);
  const key = rows.sql.bind(parameterKey(rows.kind, parameter), "bigint");
  const after = afterText(needs);
  const way = direction.isDescending ? "desc" : "asc";
  const isLeast = `not exists (select from ${table} f where f.position = e.position and f.parameter = ${key}
    and (${column.replace("e.", "f.")}, f.ctid) < (${column}, e.ctid))`;
  // No nulls here, and the index has no place for them: said otherwise, the planner would not go along it.
  const having = `select * from (select e.position, ${column} as s1 from ${from} join ${table} e on e.position = d.position
    where ${where} and e.parameter = ${key} and ${isLeast}) valued
    where ${after} order by s1 ${columns[0]?.descending ? "desc" : "asc"}, position ${way}`;
  const lacking = `select * from (select d.position, null::${columns[0]?.type ?? "text"} as s1 from ${from} where ${where}
    and not exists (select from ${table} e where e.position = d.position and e.parameter = ${key})) bare
    where ${after} order by position ${way}`;
  const limit = `limit ${rows.sql.bind(query.limit + 1, "int")}`;
  const parts = direction.isBackward ? [lacking, having] : [having, lacking];
  return `select * from (${parts.map((part) => `(${part} ${limit})`).join(" union all ")}) ordered`;
}
