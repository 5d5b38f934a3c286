import type { CodeSet } from "#terminology";
import {
  groupedCondition,
  overCondition,
  relatedCondition,
  underCondition,
  valueOfCondition,
} from "./concept-relation.ts";
import { belowKey, presentKey, valueKey } from "./concept-row.ts";
import { bigintArray } from "./index-key.ts";
import type { SqlText } from "./sql-text.ts";

/** Rows of concepts under a name, on which conditions are made. */
export interface ConceptRows {
  readonly sql: SqlText;
  readonly system: number;
  readonly name: string;
}

/** The condition on the rows that their code is in the set. */
export function setCondition(rows: ConceptRows, set: CodeSet): string {
  const { sql, system, name: c } = rows;
  switch (set.is) {
    case "all":
      return "true";
    case "codes":
      return `${c}.code = any(${sql.bind([...set.codes], "text[]")})`;
    case "below": {
      const below = `${c}.keys @> ${keys(sql, [belowKey(system, set.code)])}`;
      return set.self ? below : `(${below} and ${c}.code <> ${sql.bind(set.code, "text")})`;
    }
    case "above": {
      const above = `${c}.own in (select unnest(b.keys) from concept b
        where b.system = ${sql.bind(system, "int")} and b.code = ${sql.bind(set.code, "text")})`;
      return set.self ? above : `(${above} and ${c}.code <> ${sql.bind(set.code, "text")})`;
    }
    case "under":
      return underCondition(rows, set, setCondition);
    case "over":
      return overCondition(rows, set, setCondition);
    case "related":
      return relatedCondition(rows, set.relation, setCondition);
    case "grouped":
      return groupedCondition(rows, set, setCondition);
    case "valueOf":
      return valueOfCondition(rows, set, setCondition);
    case "value":
      return valueCondition(rows, set);
    case "present":
      return presentCondition(rows, set.property);
    case "matches":
      return matchCondition(rows, set);
    case "and":
    case "or":
      return set.parts.length === 0
        ? String(set.is === "and")
        : `(${set.parts.map((part) => setCondition(rows, part)).join(` ${set.is} `)})`;
    case "not":
      return `not ${setCondition(rows, set.part)}`;
  }
}

function keys(sql: SqlText, hashes: readonly string[]): string {
  return sql.bind(bigintArray(hashes), "bigint[]");
}

function valueCondition({ sql, system, name: c }: ConceptRows, set: Extract<CodeSet, { is: "value" }>): string {
  switch (set.property) {
    case "code":
    case "concept":
      return `${c}.code = any(${sql.bind(set.any, "text[]")})`;
    case "display":
      return `${c}.display = any(${sql.bind(set.any, "text[]")})`;
    case "child":
      return `${c}.code in (select jsonb_array_elements_text(b.detail::jsonb->'u') from concept b
        where b.system = ${sql.bind(system, "int")} and b.code = any(${sql.bind(set.any, "text[]")}))`;
    default: {
      const { property } = set;
      return `${c}.keys && ${keys(
        sql,
        set.any.map((value) => valueKey(system, property, value)),
      )}`;
    }
  }
}

function presentCondition({ sql, system, name: c }: ConceptRows, property: string): string {
  if (property === "code" || property === "concept") return "true";
  if (property === "display") return `${c}.display is not null`;
  if (property !== "child") return `${c}.keys @> ${keys(sql, [presentKey(system, property)])}`;
  // It is only written of what has nothing below, and a quote within a text is escaped.
  return `position('"l":true' in ${c}.detail) = 0`;
}

const text = (property: string) => `coalesce(${property}->>'valueCode', ${property}->>'valueString',
  ${property}->>'valueBoolean', ${property}->>'valueInteger', ${property}->>'valueDecimal',
  ${property}->>'valueDateTime', ${property}->'valueCoding'->>'code')`;

/** The pattern is one that both JavaScript and PostgreSQL read alike; no index helps but that of the system. */
function matchCondition(
  { sql, name: c }: ConceptRows,
  { property, pattern }: Extract<CodeSet, { is: "matches" }>,
): string {
  const bound = sql.bind(pattern.source, "text");
  if (property === "code") return `${c}.code ~ ${bound}`;
  if (property === "display") return `coalesce(${c}.display, '') ~ ${bound}`;
  return `exists (select 1 from jsonb_array_elements(${c}.detail::jsonb->'p') as p
    where p->>'code' = ${sql.bind(property, "text")} and ${text("p")} ~ ${bound})`;
}
