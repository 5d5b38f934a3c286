import type { Query } from "#record";
import { rowCondition } from "./clause.ts";
import { documentKey } from "./index-key.ts";
import { isExclusion } from "./long-negation.ts";
import { comparedCondition, documentsInOrder, few, type LookedUp, lookedUp } from "./lookups.ts";
import { matchingNewest } from "./matching.ts";
import { afterText } from "./page-text.ts";
import type { ResolvedClause } from "./resolved-clause.ts";
import type { Rows } from "./rows.ts";
import { type Direction, sortKeys } from "./sort-order.ts";

/** The statement of a page that looks up by itself what its conditions lead to. */
export interface LookedUpPage {
  /** Gives the rows of the page, or one row of nulls; each with `few`: whether they are the answer. */
  readonly text: string;
  /** Whether, with too many found, the rows are those among the newest: the answer where they fill the page. */
  readonly triesNewest: boolean;
}

/** Undefined where the search is of another form, or by another order than that of the feed. */
export function lookedUpPage(rows: Rows, query: Query, direction: Direction): LookedUpPage | undefined {
  const isByOrderOfFeed = sortKeys(query).length === 0;
  const led = isByOrderOfFeed ? lookedUp(rows, query.all) : undefined;
  if (led === undefined) return undefined;
  const after = afterText({ rows, all: [], query, direction, columns: [] });
  const way = direction.isDescending ? "desc" : "asc";
  const page = `${way} limit ${query.limit + 1}`;
  const place = led.positions.length > 0 ? "d.place" : "d.position";
  const own = `select d.position from ${drivers(rows, led, direction)} d where ${few} and ${others(rows, led)} and ${after} order by ${place} ${page}`;
  const newest = newestPage(rows, query, { ...direction, after, page });
  const found = newest === undefined ? own : `(${own}) union all (${newest})`;
  const text = `with ${led.parts},
    page as materialized (${found})
    select f.few, v.* from bounds f left join (page join version v using (position)) on true
    order by v.position ${way}`;
  return { text, triesNewest: newest !== undefined };
}

/** Behind a fence, so that whatever the tables held when the statement was planned, it begins with what was looked up. */
function drivers(rows: Rows, { positions, keys, rest }: LookedUp, direction: Direction): string {
  if (positions.length > 0) return documentsInOrder(rows, positions, direction);
  const own = rest.flatMap((clause) => (isOneKey(clause) ? clause.any : []));
  const array = `array[${own.map((key) => rows.sql.bind(documentKey(rows.kind, key), "bigint")).join(", ")}]::bigint[]`;
  const carried = [...keys.map(carriesOne), ...(own.length === 0 ? [] : [`d.keys @> ${array}`])];
  return `(select d.* from document d where ${carried.join(" and ")} offset 0)`;
}

function carriesOne(name: string): string {
  return `d.keys && array(select key from ${name})`;
}

function isOneKey(clause: ResolvedClause): clause is ResolvedClause & { readonly is: "key" } {
  return clause.is === "key" && clause.any.length === 1;
}

function others(rows: Rows, { positions, keys, rest, asked }: LookedUp): string {
  const carried = positions.length > 0 ? keys.map(carriesOne) : [];
  const compared = positions.length > 0 ? rest : rest.filter((clause) => !isOneKey(clause));
  return [
    rowCondition(rows, []),
    ...compared.map((clause) => comparedCondition(rows, clause)),
    ...carried,
    ...asked,
  ].join(" and ");
}

/** See `matchingNewest`: the page among the newest, where too many were looked up. */
function newestPage(
  rows: Rows,
  { all }: Query,
  { page, ...order }: Direction & { readonly after: string; readonly page: string },
): string | undefined {
  const asked = all.filter(isAskedOfRow);
  const newest = asked.length < all.length ? undefined : matchingNewest(rows, asked, order);
  return (
    newest && `select d.position from ${newest.from} where not ${few} and ${newest.where} order by d.position ${page}`
  );
}

/** What resolving leaves as it is. */
export function isAskedOfRow(clause: Query["all"][number]): clause is Query["all"][number] & ResolvedClause {
  return ["key", "date", "number", "text", "written", "present"].includes(clause.is) || isExclusion(clause);
}
