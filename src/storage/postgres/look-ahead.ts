import { limits } from "#kernel";
import type { Kind } from "#record";
import { entryCondition } from "./clause.ts";
import type { ReadNeeds } from "./read.ts";
import type { ResolvedClause } from "./resolved-clause.ts";
import type { Rows } from "./rows.ts";
import { SqlText } from "./sql-text.ts";

type LookedUp = ResolvedClause & { readonly is: "date" | "number" | "text" | "written" };

/** Values that stand in rows of their own, of which the planner cannot guess how many satisfy a bound on one parameter. */
export function isLookedUp(clause: ResolvedClause): clause is LookedUp {
  if (clause.is === "text") return clause.match === "prefix" || clause.match === "equal";
  return clause.is === "date" || clause.is === "number" || clause.is === "written";
}

/**
 * The documents themselves, where they are few; the clause as it was, where each document had better be asked, as most
 * then satisfy it.
 */
export async function lookAhead(needs: ReadNeeds, kind: Kind, clause: LookedUp): Promise<ResolvedClause> {
  const sql = new SqlText();
  const rows: Rows = { sql, kinds: needs.kinds, kind, depth: 0 };
  const limit = `limit ${sql.bind(limits.searchChainEndsMax + 1, "int")}`;
  const selects = entryCondition(rows, clause).map(
    ({ table, where }) => `(select e.position from ${table} e where ${where} ${limit})`,
  );
  if (selects.length === 0) return { is: "never" };
  const found = await sql.run<{ position: number }>(
    needs.database,
    `select position from (${selects.join(" union all ")}) found ${limit}`,
  );
  if (found.length > limits.searchChainEndsMax) return clause;
  return found.length === 0
    ? { is: "never" }
    : { is: "positions", any: [...new Set(found.map(({ position }) => position))] };
}
