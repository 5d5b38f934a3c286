import type { ImageScope } from "#imaging";
import { unorderedCondition } from "../clause.ts";
import type { ReadNeeds } from "../read.ts";
import { resolveClauses } from "../resolve-clause.ts";
import type { SqlText } from "../sql-text.ts";

/** Conditions on a study's row `s`. */
export type ScopeText = (sql: SqlText) => readonly string[];

const kind = "ImagingStudy";

/** Only studies whose ImagingStudy meets the clauses, which are compared within the statement. */
export async function scopeText(needs: ReadNeeds, scope: ImageScope): Promise<ScopeText> {
  if (scope.is === "all") return () => [];
  const all = await resolveClauses(needs, kind, scope.all);
  return (sql) => {
    const rows = { sql, kinds: needs.kinds, kind, depth: 0 } as const;
    const own = `select from document d where d.self = s.document_self and ${unorderedCondition(rows, all)}`;
    // Without the fence the planner may gather every document there is, to ask whether the study's is among them.
    return [scope.withUnfiled ? `(s.document is null or exists (${own} offset 0))` : `exists (${own})`];
  };
}
