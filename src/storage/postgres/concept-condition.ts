import type { CodeSet } from "#terminology";
import { belowKey, presentKey, valueKey } from "./concept-row.ts";
import { bigintArray } from "./index-key.ts";
import type { SqlText } from "./sql-text.ts";

/** The condition on `concept c` that its code is in the set. */
export function setCondition(sql: SqlText, system: number, set: CodeSet): string {
  switch (set.is) {
    case "all":
      return "true";
    case "codes":
      return `c.code = any(${sql.bind([...set.codes], "text[]")})`;
    case "below": {
      const below = `c.keys @> ${keys(sql, [belowKey(system, set.code)])}`;
      return set.self ? below : `(${below} and c.code <> ${sql.bind(set.code, "text")})`;
    }
    case "above": {
      const above = `c.own in (select unnest(b.keys) from concept b
        where b.system = ${sql.bind(system, "int")} and b.code = ${sql.bind(set.code, "text")})`;
      return set.self ? above : `(${above} and c.code <> ${sql.bind(set.code, "text")})`;
    }
    case "value":
      return valueCondition(sql, system, set);
    case "present":
      return presentCondition(sql, system, set.property);
    case "matches":
      return matchCondition(sql, set);
    case "and":
    case "or":
      return `(${set.parts.map((part) => setCondition(sql, system, part)).join(` ${set.is} `)})`;
    case "not":
      return `not ${setCondition(sql, system, set.part)}`;
  }
}

function keys(sql: SqlText, hashes: readonly string[]): string {
  return sql.bind(bigintArray(hashes), "bigint[]");
}

function valueCondition(sql: SqlText, system: number, set: Extract<CodeSet, { is: "value" }>): string {
  switch (set.property) {
    case "code":
    case "concept":
      return `c.code = any(${sql.bind(set.any, "text[]")})`;
    case "display":
      return `c.display = any(${sql.bind(set.any, "text[]")})`;
    case "child":
      return `c.code in (select jsonb_array_elements_text(b.detail::jsonb->'u') from concept b
        where b.system = ${sql.bind(system, "int")} and b.code = any(${sql.bind(set.any, "text[]")}))`;
    default: {
      const { property } = set;
      return `c.keys && ${keys(
        sql,
        set.any.map((value) => valueKey(system, property, value)),
      )}`;
    }
  }
}

function presentCondition(sql: SqlText, system: number, property: string): string {
  if (property === "code" || property === "concept") return "true";
  if (property === "display") return "c.display is not null";
  if (property !== "child") return `c.keys @> ${keys(sql, [presentKey(system, property)])}`;
  return `exists (select 1 from concept b where b.system = c.system and b.keys @> array[c.own] and b.code <> c.code)`;
}

const text = (property: string) => `coalesce(${property}->>'valueCode', ${property}->>'valueString',
  ${property}->>'valueBoolean', ${property}->>'valueInteger', ${property}->>'valueDecimal',
  ${property}->>'valueDateTime', ${property}->'valueCoding'->>'code')`;

/** The pattern is one that both JavaScript and PostgreSQL read alike; no index helps but that of the system. */
function matchCondition(sql: SqlText, { property, pattern }: Extract<CodeSet, { is: "matches" }>): string {
  const bound = sql.bind(pattern.source, "text");
  if (property === "code") return `c.code ~ ${bound}`;
  if (property === "display") return `coalesce(c.display, '') ~ ${bound}`;
  return `exists (select 1 from jsonb_array_elements(c.detail::jsonb->'p') as p
    where p->>'code' = ${sql.bind(property, "text")} and ${text("p")} ~ ${bound})`;
}
