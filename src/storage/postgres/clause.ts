import type { Clause, DateBounds, InstantBounds, Kind, TextMatch, WrittenText } from "#record";
import { bigintArray, documentKey, hash64, parameterKey } from "./index-key.ts";
import type { SqlText } from "./sql-text.ts";

/** One clause of a search as a condition on the row `d` of the table `document`. */
export function clauseCondition(sql: SqlText, kind: Kind, clause: Clause): string {
  switch (clause.is) {
    case "key":
      return keyCondition(sql, kind, clause.any);
    case "text":
      return entryCondition(sql, kind, {
        table: "text_entry",
        parameter: clause.parameter,
        any: clause.any.map((text) => textCondition(sql, clause.match, text)),
      });
    case "written":
      return entryCondition(sql, kind, {
        table: "text_entry",
        parameter: clause.parameter,
        any: clause.any.map((text) => writtenCondition(sql, text)),
      });
    case "date":
      return entryCondition(sql, kind, {
        table: "date_entry",
        parameter: clause.parameter,
        any: clause.any.map((bounds) => dateCondition(sql, bounds)),
      });
    case "id":
      return `d.id = any(${sql.bind(clause.any, "text[]")})`;
    case "updated":
      return anyOf(clause.any.map((bounds) => updatedCondition(sql, bounds)));
    case "never":
      return "false";
  }
}

function keyCondition(sql: SqlText, kind: Kind, any: readonly string[]): string {
  // `@>` and `&&` both use the index; the first is estimated better when there is one key.
  const operator = any.length === 1 ? "@>" : "&&";
  return `d.keys ${operator} ${sql.bind(bigintArray(any.map((key) => documentKey(kind, key))), "bigint[]")}`;
}

interface EntryCondition {
  readonly table: "text_entry" | "date_entry";
  readonly parameter: string;
  readonly any: readonly string[];
}

function entryCondition(sql: SqlText, kind: Kind, { table, parameter, any }: EntryCondition): string {
  return `exists (select from ${table} e where e.position = d.position
    and e.parameter = ${sql.bind(parameterKey(kind, parameter), "bigint")} and ${anyOf(any)})`;
}

function textCondition(sql: SqlText, match: TextMatch, text: string): string {
  const value = sql.bind(text, "text");
  switch (match) {
    case "prefix":
      return `(e.text >= ${value} and e.text < ${sql.bind(`${text}\u{10FFFF}`, "text")})`;
    case "contains":
      return `position(${value} in e.text) > 0`;
  }
}

/** Found by the index as normalised, then compared as written. */
function writtenCondition(sql: SqlText, { text, written }: WrittenText): string {
  return `(e.text = ${sql.bind(text, "text")} and e.written = ${sql.bind(hash64(written), "bigint")})`;
}

function dateCondition(sql: SqlText, bounds: DateBounds): string {
  return allOf([
    bounds.fromMinMs !== undefined && `e.from_ms >= ${sql.bind(bounds.fromMinMs, "bigint")}`,
    bounds.fromMaxMs !== undefined && `e.from_ms <= ${sql.bind(bounds.fromMaxMs, "bigint")}`,
    bounds.toMinMs !== undefined && `e.to_ms >= ${sql.bind(bounds.toMinMs, "bigint")}`,
    bounds.toMaxMs !== undefined && `e.to_ms <= ${sql.bind(bounds.toMaxMs, "bigint")}`,
  ]);
}

function updatedCondition(sql: SqlText, { minMs, maxMs }: InstantBounds): string {
  const bounds = allOf([
    minMs !== undefined && `u.at_ms >= ${sql.bind(minMs, "bigint")}`,
    maxMs !== undefined && `u.at_ms <= ${sql.bind(maxMs, "bigint")}`,
  ]);
  return `exists (select from version u where u.position = d.position and ${bounds})`;
}

function anyOf(conditions: readonly string[]): string {
  return conditions.length === 0 ? "false" : `(${conditions.join(" or ")})`;
}

function allOf(conditions: readonly (string | false)[]): string {
  const present = conditions.filter((condition) => condition !== false);
  return present.length === 0 ? "true" : `(${present.join(" and ")})`;
}
