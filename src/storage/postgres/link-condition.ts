import { documentKey, parameterKey } from "./index-key.ts";
import type { ResolvedClause } from "./resolved-clause.ts";
import { type Rows, rowName } from "./rows.ts";

type Refers = ResolvedClause & { readonly is: "refers" };
type Referred = ResolvedClause & { readonly is: "referred" };

/** What must hold of the rows at the other end. */
type ConditionOf = (rows: Rows, all: readonly ResolvedClause[]) => string;

/**
 * The row's own references are followed, one by one: a reference is the hash of its parameter xor the `self` of what it
 * points at. Behind a fence (`offset 0`), so that the planner does not begin at the other end, with all that satisfies
 * the conditions there, again and again for each row.
 */
export function refersCondition(rows: Rows, { parameters, to, all }: Refers, conditionOf: ConditionOf): string {
  const target = { ...rows, kind: to, depth: rows.depth + 1 };
  const [d, t] = [rowName(rows), rowName(target)];
  return `exists (select from (
      select t.* from unnest(${d}.keys[1:${d}.reference_count]) as r (key)
      cross join unnest(${parameterKeys(rows, rows.kind, parameters)}) as p (parameter)
      join document t on t.self = r.key # p.parameter offset 0
    ) ${t} where ${conditionOf(target, all)})`;
}

/** Documents that refer to the row are found by the key that such a reference has. */
export function referredCondition(rows: Rows, { parameters, from, all }: Referred, conditionOf: ConditionOf): string {
  const source = { ...rows, kind: from, depth: rows.depth + 1 };
  const [d, s] = [rowName(rows), rowName(source)];
  return `exists (select from (
      select s.* from unnest(${parameterKeys(rows, from, parameters)}) as p (parameter)
      join document s on s.keys @> array[${[`${d}.self # p.parameter`, ...requiredKeys(source, all)].join(", ")}] offset 0
    ) ${s} where ${conditionOf(source, all)})`;
}

/** Keys that every such document has: the index compares them too, before any row is read. */
function requiredKeys({ sql, kind }: Rows, all: readonly ResolvedClause[]): readonly string[] {
  const keys = all.flatMap((clause) => (clause.is === "key" && clause.any.length === 1 ? clause.any : []));
  return keys.map((key) => sql.bind(documentKey(kind, key), "bigint"));
}

/** The hashes of the parameters, as an array. */
export function parameterKeys({ sql }: Pick<Rows, "sql">, kind: string, parameters: readonly string[]): string {
  const keys = parameters.map((parameter) => sql.bind(parameterKey(kind, parameter), "bigint"));
  return `array[${keys.join(", ")}]`;
}
