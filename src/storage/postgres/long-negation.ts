import type { Clause } from "#record";
import { bigintArray, documentKey, selfKey } from "./index-key.ts";
import type { ResolvedClause } from "./resolved-clause.ts";
import { type Rows, rowName } from "./rows.ts";

/** Of more, comparing each key of a row with all of them costs more than looking each up. */
const comparedMax = 32;

/** Whether rows are not to have one of many values: no index leads to those, so each row is asked. */
export function isLongNegated(
  { isNegated }: Pick<Rows, "isNegated">,
  { any }: { readonly any: readonly string[] },
): boolean {
  return isNegated === true && any.length > comparedMax;
}

/**
 * What must not be so of a row, and is seen by its own keys: no index leads to it, and it is asked of rows that others have
 * led to. Conditions of who may see what are mostly of this form.
 */
export function isExclusion(clause: Clause | ResolvedClause): clause is ResolvedClause & { readonly is: "not" } {
  return clause.is === "not" && (clause.of.is === "key" || clause.of.is === "id");
}

/** Whether the row has one of the keys, by a table of them that is hashed once a statement. */
export function amongKeys(rows: Rows, { any, areReferences }: KeyClause): string {
  const keys = rows.sql.bind(hashesOf(rows.kind, any, documentKey), "bigint[]");
  const d = rowName(rows);
  const own = areReferences === true ? `${d}.keys[1:${d}.reference_count]` : `${d}.keys`;
  return `exists (select from unnest(${own}) as k (key) where ${isAmong("k.key", keys)})`;
}

type KeyClause = ResolvedClause & { readonly is: "key" };

/** Whether the row is one of those with these ids; two ids with one hash are as good as none. */
export function amongIds(rows: Rows, ids: readonly string[]): string {
  const selves = hashesOf(rows.kind, ids, (kind, id) => selfKey({ kind, id }));
  return isAmong(`${rowName(rows)}.self`, rows.sql.bind(selves, "bigint[]"));
}

/** Written so that the planner does not make a join of it, which would hash the table again for each row. */
function isAmong(column: string, array: string): string {
  return `(case when ${column} in (select unnest(${array})) then true else false end)`;
}

/** A list that is asked for again is hashed once for each kind. */
const hashed = new WeakMap<readonly string[], Map<string, string>>();

function hashesOf(kind: string, any: readonly string[], hash: (kind: string, value: string) => string): string {
  const known = hashed.get(any) ?? new Map<string, string>();
  hashed.set(any, known);
  const text = known.get(kind) ?? bigintArray(any.map((value) => hash(kind, value)));
  known.set(kind, text);
  return text;
}
