import type { NumberBounds } from "#record";
import { hash64 } from "./index-key.ts";
import { allOf } from "./rows.ts";
import type { SqlText } from "./sql-text.ts";

/**
 * What a row `e` of `number_entry` within the bounds must be, as alternatives that an index leads to each: most are single
 * numbers, of which the index by the lower end tells; ranges have an index of their own by the upper.
 */
export function numberConditions(sql: SqlText, { where, unit }: NumberBounds): readonly string[] {
  const bound = where.map((comparison) => ({ ...comparison, text: sql.bind(String(comparison.value), "float8") }));
  const within = unit !== undefined && unitCondition(sql, unit);
  const single = bound.map(({ is, text }) => `e.low ${is} ${text}`);
  const range = bound.map(({ end, is, text }) => `e.${end} ${is} ${text}`);
  return [allOf([...single, "e.low = e.high", within]), allOf([rangeOnly, ...range, within])];
}

/** Also asks for a column that only the index of ranges leads to: the other has all else, and would be read from end to end. */
const rangeOnly = "e.low < e.high and e.parameter + 0 is not null";

function unitCondition(sql: SqlText, unit: NonNullable<NumberBounds["unit"]>): string {
  if ("coded" in unit) return `e.coded = ${sql.bind(hash64(unit.coded), "bigint")}`;
  const hash = sql.bind(hash64(unit.codeOrLabel), "bigint");
  return `(e.code = ${hash} or e.label = ${hash})`;
}
