import type { Page, Query } from "#record";
import { clauseCondition } from "./clause.ts";
import { parameterKey } from "./index-key.ts";
import type { ReadNeeds } from "./read.ts";
import { SqlText } from "./sql-text.ts";
import { type StoredVersion, toVersion } from "./version-row.ts";

type SortedRow = StoredVersion & { readonly sort_ms: number | null };

/** One page of a search. It reads one row more than asked, to know whether there is a next page. */
export async function searchPage(needs: ReadNeeds, query: Query): Promise<Page> {
  if (query.all.some((clause) => clause.is === "never")) return { versions: [] };
  const sql = new SqlText();
  const text = query.sort.by === "updated" ? byUpdated(sql, needs, query) : byDate(sql, needs, query);
  const rows = await sql.run<SortedRow>(needs.database, text);
  const versions = rows.slice(0, query.limit).map((row) => toVersion(row, needs.kinds));
  const last = rows[query.limit - 1];
  if (rows.length <= query.limit || last === undefined) return { versions };
  return {
    versions,
    next: { position: last.position, ...(last.sort_ms === null ? {} : { dateMs: last.sort_ms }) },
  };
}

export async function countMatches(needs: ReadNeeds, query: Query): Promise<number> {
  if (query.all.some((clause) => clause.is === "never")) return 0;
  const sql = new SqlText();
  const rows = await sql.run<{ count: number }>(
    needs.database,
    `select count(*) from document d where ${conditions(sql, needs, query)}`,
  );
  return rows[0]?.count ?? 0;
}

function conditions(sql: SqlText, needs: ReadNeeds, query: Query): string {
  return [
    `d.kind = ${sql.bind(needs.kinds.numberOf(query.kind), "smallint")}`,
    "not d.deleted",
    ...query.all.map((clause) => clauseCondition(sql, query.kind, clause)),
  ].join(" and ");
}

function byUpdated(sql: SqlText, needs: ReadNeeds, query: Query): string {
  const [compare, direction] = query.sort.descending ? ["<", "desc"] : [">", "asc"];
  const after = query.after ? `and d.position ${compare} ${sql.bind(query.after.position, "bigint")}` : "";
  return `select v.*, null::bigint as sort_ms from (
      select d.position from document d where ${conditions(sql, needs, query)} ${after}
      order by d.position ${direction} limit ${sql.bind(query.limit + 1, "int")}
    ) as page join version v using (position) order by v.position ${direction}`;
}

/** A document with several spans sorts by its earliest; those without any come last in either direction. */
function byDate(sql: SqlText, needs: ReadNeeds, query: Query): string {
  const by = query.sort.by === "updated" ? "" : query.sort.by.date;
  const direction = query.sort.descending ? "desc" : "asc";
  const parameter = sql.bind(parameterKey(query.kind, by), "bigint");
  return `with found as (
      select d.position, (select min(e.from_ms) from date_entry e
        where e.position = d.position and e.parameter = ${parameter}) as sort_ms
      from document d where ${conditions(sql, needs, query)}
    ), page as (
      select * from found where ${afterDate(sql, query)}
      order by sort_ms ${direction} nulls last, position ${direction} limit ${sql.bind(query.limit + 1, "int")}
    )
    select v.*, page.sort_ms from page join version v using (position)
    order by page.sort_ms ${direction} nulls last, v.position ${direction}`;
}

function afterDate(sql: SqlText, { after, sort }: Query): string {
  if (after === undefined) return "true";
  const compare = sort.descending ? "<" : ">";
  const position = sql.bind(after.position, "bigint");
  if (after.dateMs === undefined) return `sort_ms is null and position ${compare} ${position}`;
  const dateMs = sql.bind(after.dateMs, "bigint");
  return `(sort_ms is null or sort_ms ${compare} ${dateMs} or (sort_ms = ${dateMs} and position ${compare} ${position}))`;
}
