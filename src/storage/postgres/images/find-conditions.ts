import type { AttributeMatch, ImageLevel, ImageQuery, StudyState } from "#imaging";
import type { SqlText } from "../sql-text.ts";
import { attributeCondition, levelOfMatch } from "./attribute-test.ts";
import type { ScopeText } from "./scope.ts";

export const stateLetters: Readonly<Record<StudyState, string>> = {
  unmatched: "u",
  matched: "m",
  conflicting: "c",
  deleted: "d",
};

const depth = { patient: 0, study: 0, series: 1, instance: 2 } as const;

/** Everything that must hold of a row of the level: what is asked, what may be seen, and that something is left of it. */
export function conditionsOf(sql: SqlText, query: ImageQuery, scope: ScopeText): readonly string[] {
  const { level, match, states } = query;
  const letters = states?.map((state) => stateLetters[state]);
  return [
    letters === undefined ? "s.state <> 'd'" : `s.state::text = any(${sql.bind(letters, "text[]")})`,
    "s.instance_count > 0",
    ...(depth[level] >= 1 ? ["e.instance_count > 0"] : []),
    ...(depth[level] >= 2 ? ["i.rejected is null"] : []),
    ...scope(sql),
    ...match.map((one) => matchCondition(sql, query, one)),
  ];
}

/** What is asked of a level below holds of one there. */
function matchCondition(sql: SqlText, { level, isFuzzy }: ImageQuery, match: AttributeMatch): string {
  const condition = attributeCondition(sql, match, isFuzzy === true);
  const wanted = levelOfMatch(match);
  if (depth[wanted] <= depth[level]) return condition;
  return below(level, wanted, condition);
}

function below(level: ImageLevel, wanted: "study" | "series" | "instance", condition: string): string {
  if (level === "series")
    return `exists (select from image_instance i where i.series = e.series and i.rejected is null and ${condition})`;
  if (wanted === "series") return `exists (select from image_series e where e.study = s.study and ${condition})`;
  return `exists (select from image_series e join image_instance i on i.series = e.series
    where e.study = s.study and i.rejected is null and ${condition})`;
}
