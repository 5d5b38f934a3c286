import type { Cursor, Place, Query, SortKey, SortValue } from "#record";
import { parameterKey } from "./index-key.ts";
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
  const { table, column, parameter } = entriesOf(by);
  return `(select min(${column}) from ${table} e
    where e.position = ${d}.position and e.parameter = ${rows.sql.bind(parameterKey(rows.kind, parameter), "bigint")})`;
}

/** The entries that a value is the least of. */
export function entriesOf(by: Exclude<SortValue, string | { readonly places: unknown }>) {
  if ("date" in by) return { table: "date_entry", column: "e.from_ms", parameter: by.date };
  if ("text" in by) return { table: "text_entry", column: "e.text", parameter: by.text };
  return { table: "number_entry", column: "nullif(nullif(e.low, '-Infinity'), 'Infinity')", parameter: by.number };
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
