import type { NumberBounds } from "#record";
import { hash64, parameterKey } from "./index-key.ts";
import { allOf, type Rows, rowName } from "./rows.ts";

/** Whether the row has a number or quantity within the bounds. */
export function numberCondition(rows: Rows, { parameter, where, unit }: NumberBounds): string {
  const { sql } = rows;
  const compared = where.map(({ end, is, value }) => comparison(end, is, sql.bind(String(value), "float8")));
  const conditions = [
    `e.position = ${rowName(rows)}.position`,
    `e.parameter = ${sql.bind(parameterKey(rows.kind, parameter), "bigint")}`,
    ...compared,
    unit !== undefined && unitCondition(rows, unit),
  ];
  return `exists (select from number_entry e where ${allOf(conditions)})`;
}

/** Most are single numbers, of which the index by the lower end tells; ranges have an index of their own by the upper. */
function comparison(end: "low" | "high", is: string, value: string): string {
  if (end === "low") return `e.low ${is} ${value}`;
  if (is.startsWith("<")) return `(e.high ${is} ${value} and e.low ${is} ${value})`;
  return `(e.low ${is} ${value} or (e.low < e.high and e.high ${is} ${value}))`;
}

function unitCondition({ sql }: Rows, unit: NonNullable<NumberBounds["unit"]>): string {
  if ("coded" in unit) return `e.coded = ${sql.bind(hash64(unit.coded), "bigint")}`;
  const hash = sql.bind(hash64(unit.codeOrLabel), "bigint");
  return `(e.code = ${hash} or e.label = ${hash})`;
}
