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
export function refersCondition(rows: Rows, { parameters, byUrl, to, all }: Refers, conditionOf: ConditionOf): string {
  const target = { ...rows, kind: to, depth: rows.depth + 1 };
  const [d, t] = [rowName(rows), rowName(target)];
  return `exists (select from (
      select t.* from unnest(${d}.keys[1:${d}.reference_count]) as r (key)
      cross join unnest(${parameterKeys(rows, rows.kind, parameters)}) as p (parameter)
      join document t on ${isReferredTo(target, byUrl, "r.key # p.parameter")} offset 0
    ) ${t} where ${conditionOf(target, all)})`;
}

/** Documents that refer to the row are found by the key that such a reference has. */
export function referredCondition(rows: Rows, clause: Referred, conditionOf: ConditionOf): string {
  const { parameters, from, all } = clause;
  const source = { ...rows, kind: from, depth: rows.depth + 1 };
  const s = rowName(source);
  const names = namesOf(rows, clause.byUrl);
  return `exists (select from (
      select s.* from unnest(${parameterKeys(rows, from, parameters)}) as p (parameter)
      ${names.from}
      join document s on s.keys @> array[${[`${names.name} # p.parameter`, ...requiredKeys(source, all)].join(", ")}] offset 0
    ) ${s} where ${conditionOf(source, all)})`;
}

/** Whether a row `t` is what a reference names, of which the hash without its parameter is given. */
export function isReferredTo(target: Pick<Rows, "sql" | "kind">, byUrl: string | undefined, name: string): string {
  return byUrl === undefined ? `t.self = ${name}` : `t.keys @> array[${name} # ${urlKey(target, byUrl)}]`;
}

interface Names {
  /** The hash of a name that references may have for the row. */
  readonly name: string;
  /** What to join for it. */
  readonly from: string;
}

/** What the row is called: by its kind and id, or by urls, which stand among its references. */
export function namesOf(rows: Rows, byUrl: string | undefined): Names {
  const d = rowName(rows);
  if (byUrl === undefined) return { name: `${d}.self`, from: "" };
  const from = `cross join unnest(${d}.keys[1:${d}.reference_count]) as own (key)`;
  return { name: `(own.key # ${urlKey(rows, byUrl)})`, from };
}

function urlKey({ sql, kind }: Pick<Rows, "sql" | "kind">, byUrl: string): string {
  return sql.bind(parameterKey(kind, byUrl), "bigint");
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
