import type { Cursor, Place, Query, SortDate, SortKey, SortThrough, SortValue } from "#record";
import { clauseCondition } from "./clause.ts";
import { documentKey, parameterKey } from "./index-key.ts";
import { parameterKeys } from "./link-condition.ts";
import { type Rows, rowName } from "./rows.ts";

/** A sort key as PostgreSQL has it. */
export interface SortColumn {
  readonly name: string;
  readonly type: "bigint" | "float8" | "text";
  readonly descending: boolean;
}

/** The keys that count: nothing is equal by the order of the feed, so what comes after it has no effect. */
export function sortKeys({ sort }: Query): readonly SortKey[] {
  const keys = [sort, ...(sort.thenBy ?? [])];
  const at = keys.findIndex(({ by }) => by === "updated");
  return at === -1 ? keys : keys.slice(0, at);
}

/** Whether rows equal by all keys are wanted newest first. */
export function isNewestFirst({ sort }: Query): boolean {
  const keys = [sort, ...(sort.thenBy ?? [])];
  return (keys.find(({ by }) => by === "updated") ?? sort).descending;
}

/** `reversed` where the page before a row is asked for. */
export function sortColumns(keys: readonly SortKey[], reversed: boolean): readonly SortColumn[] {
  return keys.map(({ by, descending }, at) => ({
    name: `s${at + 1}`,
    type: columnType(by),
    descending: descending !== reversed,
  }));
}

function columnType(by: SortValue): SortColumn["type"] {
  if (typeof by === "string") return "text";
  if ("to" in by) return columnType(by.by);
  if ("leastOf" in by) return by.leastOf[0] === undefined ? "text" : columnType(by.leastOf[0]);
  return "date" in by ? "bigint" : "number" in by ? "float8" : "text";
}

/** Documents without a value come last; so they come first when the order is reversed. */
export function orderBy(columns: readonly SortColumn[], { isBackward, isDescending }: Direction): string {
  const nulls = isBackward ? "nulls first" : "nulls last";
  const terms = columns.map(({ name, descending }) => `${name} ${descending ? "desc" : "asc"} ${nulls}`);
  return [...terms, `position ${isDescending ? "desc" : "asc"}`].join(", ");
}

export interface Direction {
  readonly isBackward: boolean;
  /** Of positions, as they are read. */
  readonly isDescending: boolean;
}

/** Rows after the cursor, in the order as it is read. */
export function afterCursor(
  { sql }: Rows,
  columns: readonly SortColumn[],
  direction: Direction,
  after: Cursor,
): string {
  const places = columns.map((column, at) => ({ column, value: after.values?.[at] ?? null }));
  const alternatives = places.map(({ column, value }, at) => {
    const { name, type, descending } = column;
    const equal = places.slice(0, at).map((place) => equals(sql, place));
    if (value === null) return [...equal, direction.isBackward ? `${name} is not null` : "false"];
    const further = `${name} ${descending ? "<" : ">"} ${sql.bind(value, type)}`;
    return [...equal, direction.isBackward ? further : `(${name} is null or ${further})`];
  });
  const position = `position ${direction.isDescending ? "<" : ">"} ${sql.bind(after.position, "bigint")}`;
  alternatives.push([...places.map((place) => equals(sql, place)), position]);
  return `(${alternatives.map((conditions) => `(${conditions.join(" and ")})`).join(" or ")})`;
}

function equals(
  sql: Rows["sql"],
  { column: { name, type }, value }: { readonly column: SortColumn; readonly value: number | string | null },
): string {
  return value === null ? `${name} is null` : `${name} = ${sql.bind(value, type)}`;
}

/** The value of a row that it is sorted by. */
export function sortValue(rows: Rows, by: SortValue): string {
  const d = rowName(rows);
  if (by === "id") return `${d}.id`;
  if (by === "updated") throw new Error("the order of the feed is no column");
  if ("places" in by) return placesValue(rows, by.places);
  if ("key" in by) return keyValue(rows, by.key);
  if ("to" in by) return throughValue(rows, by);
  if ("leastOf" in by) return `least(${by.leastOf.map((each) => sortValue(rows, each)).join(", ")})`;
  const { table, column, parameter } = entriesOf(by);
  return `(select min(${column}) from ${table} e
    where e.position = ${d}.position and e.parameter = ${rows.sql.bind(parameterKey(rows.kind, parameter), "bigint")})`;
}

/** The entries that a value is the least of. */
export function entriesOf(by: SortDate | { readonly text: string } | { readonly number: string }) {
  if ("date" in by) return { table: "date_entry", column: "e.from_ms", parameter: by.date };
  if ("text" in by) return { table: "text_entry", column: "e.text", parameter: by.text };
  return { table: "number_entry", column: "nullif(nullif(e.low, '-Infinity'), 'Infinity')", parameter: by.number };
}

function keyValue({ sql, kind, depth }: Rows, key: string): string {
  const carries = `${rowName({ depth })}.keys @> array[${sql.bind(documentKey(kind, key), "bigint")}]`;
  return `(case when ${carries} then 'true' else 'false' end)`;
}

/** The row's own references are followed, as in a chain. */
function throughValue(rows: Rows, through: SortThrough): string {
  const { parameters, to, by } = through;
  const target = { ...rows, kind: to, depth: rows.depth + 1 };
  const [d, t] = [rowName(rows), rowName(target)];
  return `(select min(${sortValue(target, by)}) from unnest(${d}.keys[1:${d}.reference_count]) as r (key)
    cross join unnest(${parameterKeys(rows, rows.kind, parameters)}) as p (parameter)
    join document ${t} on ${t}.self = r.key # p.parameter
    where ${[
      `${t}.kind + 0 = ${rows.sql.bind(rows.kinds.numberOf(to), "smallint")} and not ${t}.deleted`,
      ...(rows.sortedBy?.get(through) ?? []).map((clause) => clauseCondition(target, clause)),
    ].join(" and ")})`;
}

/** Read from the bodies: what is kept of codes and references are hashes, which have no order. */
function placesValue(rows: Rows, places: readonly Place[]): string {
  const paths = places.map((place) => rows.sql.bind(jsonPath(place), "text"));
  return `(select min(found.value #>> '{}') collate "C" from version b
    cross join unnest(array[${paths.join(", ")}]) as p (path)
    cross join lateral jsonb_path_query(body_json(b.body), p.path::jsonpath) as found (value)
    where b.position = ${rowName(rows)}.position)`;
}

/** Lax: lists are gone through, what is missing is no error. */
function jsonPath(place: Place): string {
  const steps = place.map(({ name, where }) => {
    const filter = where === undefined ? "" : ` ? (@.${JSON.stringify(where.name)} == ${JSON.stringify(where.value)})`;
    return `.${JSON.stringify(name)}[*]${filter}`;
  });
  return `lax $${steps.join("")}`;
}
