import { type AttributeMatch, fold, foldGroup, levelOfTag, type MatchTest } from "#imaging";
import { type Tag, tagKey, tagNamed } from "#standards/dicom";
import { anyOf } from "../rows.ts";
import type { SqlText } from "../sql-text.ts";

/** How the values of a column are compared. */
type Comparison = "exact" | "folded" | "number" | "list" | "name";

interface Column {
  readonly level: "study" | "series" | "instance";
  readonly name: string;
  readonly compared: Comparison;
}

/** Attributes that have a column; all others are looked for in what is kept as JSON. */
const columns: ReadonlyMap<Tag, Column> = new Map(
  (
    [
      ["StudyInstanceUID", "study", "uid", "exact"],
      ["PatientName", "study", "", "name"],
      ["PatientID", "study", "patient_id", "exact"],
      ["IssuerOfPatientID", "study", "issuer", "exact"],
      ["PatientBirthDate", "study", "birth_date", "exact"],
      ["PatientSex", "study", "sex", "exact"],
      ["AccessionNumber", "study", "accession", "exact"],
      ["StudyDate", "study", "study_date", "exact"],
      ["StudyTime", "study", "study_time", "exact"],
      ["StudyID", "study", "study_id", "exact"],
      ["StudyDescription", "study", "description", "folded"],
      ["ReferringPhysicianName", "study", "referring", "folded"],
      ["ModalitiesInStudy", "study", "modalities", "list"],
      ["SOPClassesInStudy", "study", "classes", "list"],
      ["NumberOfStudyRelatedSeries", "study", "series_count", "number"],
      ["NumberOfStudyRelatedInstances", "study", "instance_count", "number"],
      ["SeriesInstanceUID", "series", "uid", "exact"],
      ["Modality", "series", "modality", "exact"],
      ["SeriesNumber", "series", "number", "number"],
      ["SeriesDate", "series", "series_date", "exact"],
      ["BodyPartExamined", "series", "body_part", "exact"],
      ["StationName", "series", "station", "folded"],
      ["SeriesDescription", "series", "description", "folded"],
      ["NumberOfSeriesRelatedInstances", "series", "instance_count", "number"],
      ["SOPInstanceUID", "instance", "uid", "exact"],
      ["SOPClassUID", "instance", "class", "exact"],
      ["AvailableTransferSyntaxUID", "instance", "syntax", "exact"],
      ["InstanceNumber", "instance", "number", "number"],
    ] as const
  ).map(([keyword, level, name, compared]) => [tagNamed(keyword) as Tag, { level, name, compared }]),
);

/** The names of the rows in a statement. */
export const rowNames = { study: "s", series: "e", instance: "i" } as const;

/** The level of the row that a condition is about. */
export function levelOfMatch({ path }: AttributeMatch): "study" | "series" | "instance" {
  const [first = 0] = path;
  return path.length === 1 ? (columns.get(first)?.level ?? levelOfTag(first)) : levelOfTag(first);
}

/** A condition on the row of its level. */
export function attributeCondition(sql: SqlText, match: AttributeMatch, isFuzzy: boolean): string {
  const level = levelOfMatch(match);
  const [first = 0] = match.path;
  const column = match.path.length === 1 ? columns.get(first) : undefined;
  if (column === undefined) return jsonCondition(sql, match, rowNames[level]);
  const value = `${rowNames[level]}.${column.name}`;
  switch (column.compared) {
    case "name":
      return nameCondition(sql, match.test, isFuzzy);
    case "list":
      return `exists (select from unnest(${value}) as one (x) where ${textTest(sql, "x", match.test)})`;
    case "number":
      return textTest(sql, `${value}::text`, match.test);
    case "exact":
      return textTest(sql, value, match.test);
    case "folded":
      return textTest(sql, value, folded(match.test));
  }
}

function folded(test: MatchTest): MatchTest {
  if (test.is === "one-of") return { is: "one-of", values: test.values.map(fold) };
  return test.is === "wildcard" ? { is: "wildcard", pattern: fold(test.pattern) } : test;
}

/** Single value, wildcard, range and empty-value matching of a text. Source: PS3.4 §C.2.2.2. */
function textTest(sql: SqlText, value: string, test: MatchTest): string {
  switch (test.is) {
    case "one-of":
      return `${value} = any(${sql.bind([...test.values], "text[]")})`;
    case "wildcard":
      return wildcardTest(sql, value, test.pattern);
    case "range":
      return rangeTest(sql, value, test);
    case "empty":
      return `coalesce(${value}, '') = ''`;
  }
}

/** The beginning before the first wildcard leads to the rows by an index. */
function wildcardTest(sql: SqlText, value: string, pattern: string): string {
  const beginning = /^[^*?]*/.exec(pattern)?.[0] ?? "";
  const like = pattern
    .replace(/[\\%_]/g, "\\$&")
    .replaceAll("*", "%")
    .replaceAll("?", "_");
  const matches = `${value} like ${sql.bind(like, "text")}`;
  if (beginning === "") return matches;
  const [start, end] = [sql.bind(beginning, "text"), sql.bind(`${beginning}\u{10FFFF}`, "text")];
  return `(${value} >= ${start} and ${value} < ${end} and ${matches})`;
}

/** Dates and times of any precision compare as text: `2026` comes before `20260101`, and an end takes in what begins with it. */
function rangeTest(
  sql: SqlText,
  value: string,
  { from, to }: { readonly from?: string; readonly to?: string },
): string {
  const parts = [`${value} <> ''`];
  if (from !== undefined) parts.push(`${value} >= ${sql.bind(from, "text")}`);
  if (to !== undefined) parts.push(`${value} < ${sql.bind(`${to}\u{10FFFF}`, "text")}`);
  return `(${parts.join(" and ")})`;
}

/** Any way of writing the name may match; fuzzily, each word may be the beginning of one of the name's. */
function nameCondition(sql: SqlText, test: MatchTest, isFuzzy: boolean): string {
  if (test.is === "empty") return "not exists (select from image_name n where n.study = s.study)";
  if (test.is === "range") return "false";
  const asked = test.is === "one-of" ? test.values : [test.pattern];
  return anyOf(asked.map((name) => (isFuzzy ? wordsCondition(sql, name) : groupsCondition(sql, name))));
}

/** A pattern with groups asks for each of them that is not empty. */
function groupsCondition(sql: SqlText, name: string): string {
  const groups = name
    .split("=")
    .map(foldGroup)
    .filter((group) => group !== "" && group !== "*");
  if (groups.length === 0) return "true";
  const each = groups.map((group) => {
    const test: MatchTest = /[*?]/.test(group) ? { is: "wildcard", pattern: group } : { is: "one-of", values: [group] };
    return `s.study in (select n.study from image_name n where not n.is_word and ${textTest(sql, "n.text", test)})`;
  });
  return `(${each.join(" and ")})`;
}

function wordsCondition(sql: SqlText, name: string): string {
  const words = fold(name)
    .split(/[\^=*? ,.-]+/)
    .filter((word) => word !== "");
  if (words.length === 0) return "true";
  const each = words.map(
    (word) =>
      `s.study in (select n.study from image_name n where n.is_word and ${wildcardTest(sql, "n.text", `${word}*`)})`,
  );
  return `(${each.join(" and ")})`;
}

/** Attributes without a column: each value, of a name each way of writing it, without case. */
function jsonCondition(sql: SqlText, { path, test }: AttributeMatch, row: string): string {
  const json = `('{' || ${row}.${row === rowNames.instance ? "metadata" : "attributes"} || '}')::jsonb`;
  const place = sql.bind(`$${path.map((tag) => `."${tagKey(tag)}".Value[*]`).join("")}`, "text");
  const values = `jsonb_path_query(${json}, ${place}::jsonpath) as v, lateral (values
    (case when jsonb_typeof(v) = 'object' then v->>'Alphabetic' else v #>> '{}' end), (v->>'Ideographic'), (v->>'Phonetic')) as t (x)`;
  if (test.is === "empty") return `not exists (select from ${values} where coalesce(x, '') <> '')`;
  return `exists (select from ${values} where ${textTest(sql, "lower(x)", lowered(test))})`;
}

function lowered(test: MatchTest): MatchTest {
  if (test.is === "one-of") return { is: "one-of", values: test.values.map((value) => value.toLowerCase()) };
  return test.is === "wildcard" ? { is: "wildcard", pattern: test.pattern.toLowerCase() } : test;
}
