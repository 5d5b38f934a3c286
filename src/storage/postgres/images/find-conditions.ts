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

/** What must hold of a row of the level, by the row that it is about. */
export type LevelConditions = Readonly<Record<"study" | "series" | "instance", readonly string[]>>;

/** Everything that must hold of a row of the level: what is asked, what may be seen, and that something is left of it. */
export function conditionsOf(sql: SqlText, query: ImageQuery, scope: ScopeText): readonly string[] {
  const { study, series, instance } = levelConditions(sql, query, scope);
  return [...study, ...series, ...instance];
}

export function levelConditions(sql: SqlText, query: ImageQuery, scope: ScopeText): LevelConditions {
  const { level, match, states } = query;
  const letters = states?.map((state) => stateLetters[state]);
  const asked = (of: "study" | "series" | "instance") =>
    match.filter((one) => rowOf(level, one) === of).map((one) => matchCondition(sql, query, one));
  return {
    study: [
      letters === undefined ? "s.state <> 'd'" : `s.state::text = any(${sql.bind(letters, "text[]")})`,
      "s.instance_count > 0",
      ...scope(sql),
      ...asked("study"),
    ],
    series: depth[level] >= 1 ? ["e.instance_count > 0", ...asked("series")] : [],
    instance: depth[level] >= 2 ? ["i.rejected is null", ...asked("instance")] : [],
  };
}

/** The row that a condition is about: what is asked of a level below is asked of the row itself. */
function rowOf(level: ImageLevel, match: AttributeMatch): "study" | "series" | "instance" {
  const wanted = levelOfMatch(match);
  if (depth[wanted] <= depth[level]) return wanted;
  return level === "patient" ? "study" : level;
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
