import { limits } from "#kernel";
import { type LineageClause, SearchTooCostly } from "#record";
import { bigintArray, parameterKey, selfKey } from "./index-key.ts";
import type { ReadNeeds } from "./read.ts";
import type { ResolvedClause } from "./resolved-clause.ts";
import { SqlText } from "./sql-text.ts";

/**
 * The keys of references to what is named, and to all that stands above or below it. What is named counts even if it is not
 * stored; a circle is gone round once. Throws `SearchTooCostly` for more than `limits.searchLineageMax`.
 */
export async function resolveLineage(needs: ReadNeeds, clause: LineageClause): Promise<ResolvedClause> {
  const sql = new SqlText();
  const found = await sql.run<{ id: string }>(needs.database, lineageText(sql, needs, clause));
  if (found.length > limits.searchLineageMax) throw new SearchTooCostly("too many stand above or below what is named");
  const ids = new Set([...clause.ids, ...found.map(({ id }) => id)]);
  const targets = [...ids].flatMap((id) => clause.prefixes.map((prefix) => `${prefix}${clause.to}/${id}`));
  return {
    is: "key",
    any: clause.parameters.flatMap((parameter) => targets.map((target) => `${parameter}=${target}`)),
  };
}

/** A reference is the hash of its parameter xor the `self` of what it points at, so each step follows from the one before. */
function lineageText(sql: SqlText, needs: ReadNeeds, { to, ids, direction, partOf }: LineageClause): string {
  const kind = sql.bind(needs.kinds.numberOf(to), "smallint");
  const parent = sql.bind(parameterKey(to, partOf), "bigint");
  const starts = sql.bind(bigintArray(ids.map((id) => selfKey({ kind: to, id }))), "bigint[]");
  const next =
    direction === "below"
      ? // The fence makes the index on keys the only way in, whatever the planner guesses.
        `cross join lateral (select * from document where keys @> array[line.self # ${parent}] offset 0) d`
      : `join document c on c.self = line.self
         cross join unnest(c.keys[1:c.reference_count]) as r (key)
         join document d on d.self = r.key # ${parent}`;
  return `with recursive line (self) as (
      select unnest(${starts})
      union select d.self from line ${next} where d.kind + 0 = ${kind} and not d.deleted
    )
    select d.id from (select self from line limit ${sql.bind(limits.searchLineageMax + 1, "int")}) line
    join document d on d.self = line.self where d.kind + 0 = ${kind} and not d.deleted`;
}
