import type { NumberBounds } from "#record";
import { hash64 } from "./index-key.ts";
import { allOf } from "./rows.ts";
import type { SqlText } from "./sql-text.ts";

/** Whether a row `e` of `number_entry` is within the bounds. */
export function numberCondition(sql: SqlText, { where, unit }: NumberBounds): string {
  const compared = where.map(({ end, is, value }) => comparison(end, is, sql.bind(String(value), "float8")));
  return allOf([...compared, unit !== undefined && unitCondition(sql, unit)]);
}

/** Most are single numbers, of which the index by the lower end tells; ranges have an index of their own by the upper. */
function comparison(end: "low" | "high", is: string, value: string): string {
  if (end === "low") return `e.low ${is} ${value}`;
  if (is.startsWith("<")) return `(e.high ${is} ${value} and e.low ${is} ${value})`;
  return `(e.low ${is} ${value} or (e.low < e.high and e.high ${is} ${value}))`;
}

function unitCondition(sql: SqlText, unit: NonNullable<NumberBounds["unit"]>): string {
  if ("coded" in unit) return `e.coded = ${sql.bind(hash64(unit.coded), "bigint")}`;
  const hash = sql.bind(hash64(unit.codeOrLabel), "bigint");
  return `(e.code = ${hash} or e.label = ${hash})`;
}
