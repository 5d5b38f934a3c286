import type { DateBounds, InstantBounds, TextMatch, WrittenText } from "#record";
import { bigintArray, documentKey, hash64, parameterKey, scopeKey, selfKey } from "./index-key.ts";
import { referredCondition, refersCondition } from "./link-condition.ts";
import { amongIds, amongKeys, isLongNegated } from "./long-negation.ts";
import { nearCondition } from "./near-condition.ts";
import { numberConditions } from "./number-condition.ts";
import type { ResolvedClause } from "./resolved-clause.ts";
import { allOf, anyOf, type Rows, rowName } from "./rows.ts";
import type { SqlText } from "./sql-text.ts";
import { wordsCondition } from "./words-condition.ts";

/** All the clauses as one condition on a row that is of the kind and not deleted. */
export function rowCondition(rows: Rows, all: readonly ResolvedClause[]): string {
  return conditionOf(rows, all, "kind");
}

/**
 * The same for rows that are wanted in no order. A key tells the kind too, and alone leads to few rows; the planner, which
 * does not know that, would gather every document of the kind from its index besides, unless the kind is written otherwise.
 */
export function unorderedCondition(rows: Rows, all: readonly ResolvedClause[]): string {
  const isKeyed = all.some(({ is }) => is === "key" || is === "hashes");
  return conditionOf(rows, all, isKeyed ? "kind + 0" : "kind");
}

function conditionOf(rows: Rows, all: readonly ResolvedClause[], kind: "kind" | "kind + 0"): string {
  const d = rowName(rows);
  return [
    `${d}.${kind} = ${rows.sql.bind(rows.kinds.numberOf(rows.kind), "smallint")}`,
    `not ${d}.deleted`,
    ...all.map((clause) => clauseCondition(rows, clause)),
  ].join(" and ");
}

/** One clause as a condition on the row. */
export function clauseCondition(rows: Rows, clause: ResolvedClause): string {
  const { sql, kind } = rows;
  const d = rowName(rows);
  switch (clause.is) {
    case "key":
      return keyCondition(rows, clause);
    case "hashes":
      return hashesCondition(rows, clause.any);
    case "positions":
      return `${d}.position = any(${sql.bind(bigintArray(clause.any.map(String)), "bigint[]")})`;
    case "text":
    case "written":
      return entriesCondition(rows, clause);
    case "date":
    case "number": {
      const { under, ...plain } = clause;
      if (under === undefined) return entriesCondition(rows, clause);
      return `(${hashesCondition(rows, [documentKey(kind, under)])} and ${entriesCondition(rows, plain)})`;
    }
    case "present":
      return `${d}.present & ${sql.bind(clause.bits.toString(), "bigint")} <> 0`;
    case "id":
      return idCondition(rows, clause.any);
    case "updated":
      return anyOf(clause.any.map((bounds) => updatedCondition(rows, bounds)));
    case "near":
      return nearCondition(rows, clause);
    case "words":
      return wordsCondition(rows, clause);
    case "refers":
      return refersCondition(rows, clause, rowCondition);
    case "referred":
      return referredCondition(rows, clause, rowCondition);
    case "all":
      return allOf(clause.of.map((part) => clauseCondition(rows, part)));
    case "any":
      return alternatives(rows, clause.of);
    case "not":
      return `not (${clauseCondition({ ...rows, isNegated: true }, clause.of)})`;
    case "never":
      return "false";
  }
}

type KeyClause = ResolvedClause & { readonly is: "key" };

/** The bits first, as most rows that others lead to have none of them. */
function keyCondition(rows: Rows, clause: KeyClause): string {
  const hashes = () => clause.any.map((key) => documentKey(rows.kind, key));
  const carried = isLongNegated(rows, clause) ? amongKeys(rows, clause) : hashesCondition(rows, hashes());
  if (clause.bits === undefined) return carried;
  return `(${rowName(rows)}.present & ${rows.sql.bind(clause.bits.toString(), "bigint")} <> 0 and ${carried})`;
}

/** The index is by the hash of kind and id. */
function idCondition(rows: Rows, ids: readonly string[]): string {
  if (isLongNegated(rows, { any: ids })) return amongIds(rows, ids);
  const selves = rows.sql.bind(bigintArray(ids.map((id) => selfKey({ kind: rows.kind, id }))), "bigint[]");
  return `(${rowName(rows)}.self = any(${selves}) and ${rowName(rows)}.id = any(${rows.sql.bind(ids, "text[]")}))`;
}

function hashesCondition(rows: Rows, any: readonly string[]): string {
  // `@>` and `&&` both use the index; the first is estimated better when there is one key.
  const operator = any.length === 1 ? "@>" : "&&";
  return `${rowName(rows)}.keys ${operator} ${rows.sql.bind(bigintArray(any), "bigint[]")}`;
}

type EntriesClause = ResolvedClause & { readonly is: "text" | "written" | "date" | "number" };

/** Rows `e` of a table of entries, of which one must be the document's. */
export interface EntryRows {
  readonly table: "text_entry" | "date_entry" | "number_entry";
  readonly where: string;
}

/** Of a clause with a key that entries are filed under, the rows under that key: they need no further look at their document. */
export function entryCondition(rows: Rows, clause: EntriesClause): readonly EntryRows[] {
  const { sql, kind } = rows;
  const key = clause.is === "date" || clause.is === "number" ? clause.under : undefined;
  const under = (table: EntryRows["table"], parameter: string, condition: string): EntryRows => {
    const found =
      key === undefined
        ? `e.parameter = ${sql.bind(parameterKey(kind, parameter), "bigint")}`
        : `e.scope = ${sql.bind(scopeKey(kind, parameter, key), "bigint")}`;
    return { table, where: `${found} and ${condition}` };
  };
  switch (clause.is) {
    case "text": {
      const texts = clause.any.map((text) => textCondition(sql, clause.match, text));
      return [under("text_entry", clause.parameter, anyOf(texts))];
    }
    case "written":
      return [under("text_entry", clause.parameter, writtenCondition(sql, clause.any))];
    case "date":
      return clause.any
        .flatMap((bounds) => dateConditions(sql, bounds))
        .map((condition) => under("date_entry", clause.parameter, condition));
    case "number":
      return clause.any.flatMap((bounds) =>
        numberConditions(sql, bounds).map((condition) => under("number_entry", bounds.parameter, condition)),
      );
  }
}

/**
 * By one bound the planner may begin with the entries, or ask each document for its own. By alternatives it could only ask,
 * or gather all that satisfy them, which it takes for few: those few were looked up before, so the fence (`offset 0`) makes
 * it ask.
 */
function entriesCondition(rows: Rows, clause: EntriesClause): string {
  const d = rowName(rows);
  const entries = entryCondition(rows, clause);
  const [first] = entries;
  if (first === undefined) return "false";
  const { table } = first;
  const where = anyOf(entries.map((entry) => entry.where));
  // No index finds the middle of a text: every text of the parameter is looked at, but only once.
  const isInMiddle = clause.is === "text" && (clause.match === "contains" || clause.match === "suffix");
  if (isInMiddle) return `${d}.position = any(array(select e.position from ${table} e where ${where}))`;
  return entries.length === 1
    ? `exists (select from ${table} e where e.position = ${d}.position and ${where})`
    : `exists (select from (select * from ${table} e where e.position = ${d}.position offset 0) e where ${where})`;
}

function textCondition(sql: SqlText, match: TextMatch, text: string): string {
  const value = sql.bind(text, "text");
  switch (match) {
    case "prefix":
      return `(e.text >= ${value} and e.text < ${sql.bind(`${text}\u{10FFFF}`, "text")})`;
    case "equal":
      return `e.text = ${value}`;
    case "contains":
      return `position(${value} in e.text) > 0`;
    case "suffix":
      return `right(e.text, ${sql.bind([...text].length, "int")}) = ${value}`;
  }
}

/** Found by the index as normalised, then compared as written. */
function writtenCondition(sql: SqlText, any: readonly WrittenText[]): string {
  return anyOf(
    any.map(
      ({ text, written }) =>
        `(e.text = ${sql.bind(text, "text")} and e.written = ${sql.bind(hash64(written), "bigint")})`,
    ),
  );
}

const dayMs = 86_400_000;

/**
 * A span starts before it ends, so a bound on one end is one on the other: the index is by the start. Spans longer than a
 * day have an index of their own by their end (see the migration); the others that end after a moment start at most a day
 * before it.
 */
function dateConditions(sql: SqlText, { fromMinMs, fromMaxMs, toMinMs, toMaxMs }: DateBounds): readonly string[] {
  const starts = [fromMaxMs, toMaxMs].filter((bound) => bound !== undefined);
  const bounds = [
    fromMinMs !== undefined && `e.from_ms >= ${sql.bind(fromMinMs, "bigint")}`,
    starts.length > 0 && `e.from_ms <= ${sql.bind(Math.min(...starts), "bigint")}`,
    toMinMs !== undefined && `e.to_ms >= ${sql.bind(toMinMs, "bigint")}`,
    toMaxMs !== undefined && `e.to_ms <= ${sql.bind(toMaxMs, "bigint")}`,
  ];
  if (toMinMs === undefined || fromMinMs !== undefined) return [allOf(bounds)];
  const soonBefore = `e.from_ms >= ${sql.bind(toMinMs - dayMs, "bigint")}`;
  return [
    allOf([...bounds, soonBefore, `e.to_ms - e.from_ms <= ${dayMs}`]),
    allOf([...bounds, `e.to_ms - e.from_ms > ${dayMs}`]),
  ];
}

function updatedCondition(rows: Rows, { minMs, maxMs }: InstantBounds): string {
  const bounds = allOf([
    minMs !== undefined && `u.at_ms >= ${rows.sql.bind(minMs, "bigint")}`,
    maxMs !== undefined && `u.at_ms <= ${rows.sql.bind(maxMs, "bigint")}`,
  ]);
  return `exists (select from version u where u.position = ${rowName(rows)}.position and ${bounds})`;
}

/**
 * Alternatives that an index leads to each by itself are gathered once, as the planner can only drive a search by what
 * must hold; others are asked of each row.
 */
function alternatives(rows: Rows, of: readonly ResolvedClause[]): string {
  const isPlain = of.every((clause) => clause.is === "key" || clause.is === "hashes" || clause.is === "never");
  const isAsked = of.some((clause) => (clause.is === "key" || clause.is === "id") && isLongNegated(rows, clause));
  if (isPlain || isAsked || !of.every(isDriven)) return anyOf(of.map((clause) => clauseCondition(rows, clause)));
  const inner = { ...rows, depth: rows.depth + 1 };
  const d = rowName(inner);
  const selects = of.map((clause) => `select ${d}.position from document ${d} where ${rowCondition(inner, [clause])}`);
  return `${rowName(rows)}.position = any(array(${selects.join(" union all ")}))`;
}

/** Whether an index leads to the documents that satisfy the clause. */
export function isDriven(clause: ResolvedClause): boolean {
  switch (clause.is) {
    case "not":
    case "present":
    case "refers":
    case "referred":
    case "words":
    case "updated":
      return false;
    case "any":
      return clause.of.every(isDriven);
    case "all":
      return clause.of.some(isDriven);
    default:
      return true;
  }
}
