import type { FoundImages, ImageCursor, ImageLevel, ImageQuery, StudyState } from "#imaging";
import type { Database } from "../database.ts";
import { SqlText } from "../sql-text.ts";
import { conditionsOf, type LevelConditions, levelConditions } from "./find-conditions.ts";
import { type FoundRow, imageRow } from "./row-json.ts";
import type { ScopeText } from "./scope.ts";
import { counted, isCountable, type Skip } from "./skip-objects.ts";

/** Tables of a level with those above it. */
const tables = {
  patient: "image_study s",
  study: "image_study s",
  series: "image_series e join image_study s on s.study = e.study",
  instance: "image_instance i join image_series e on e.series = i.series join image_study s on s.study = e.study",
} as const;

/** What the rows are in order of, which is what a cursor holds; each has an index. */
const order: Readonly<Record<ImageLevel, { readonly by: readonly string[]; readonly types: readonly string[] }>> = {
  patient: { by: ["s.patient_id", "s.issuer"], types: ["text", "text"] },
  study: { by: ["s.study_date", "s.study_time", "s.study"], types: ["text", "text", "bigint"] },
  series: { by: ["e.study", "e.number", "e.series"], types: ["bigint", "int", "bigint"] },
  instance: {
    by: ["e.study", "e.number", "e.series", "i.number", "i.instance"],
    types: ["bigint", "int", "bigint", "int", "bigint"],
  },
};

const isDescending = (level: ImageLevel) => level === "study";

const studyColumns = `s.uid as study_uid, s.attributes as study_attributes, s.modalities, s.classes, s.series_count,
  s.instance_count, s.state, s.conflict, s.patient, s.document`;

const selected: Readonly<Record<ImageLevel, string>> = {
  patient: `${studyColumns}, s.patient_id, s.issuer`,
  study: studyColumns,
  series: `${studyColumns}, e.uid as series_uid, e.attributes as series_attributes, e.instance_count as series_instances`,
  instance: `${studyColumns}, e.uid as series_uid, e.attributes as series_attributes, e.instance_count as series_instances,
    i.uid as instance_uid, i.syntax, i.metadata`,
};

/** One object below, for attributes that are not kept with the level. */
const sample: Readonly<Record<ImageLevel, string>> = {
  patient: "",
  study: `, (select i.metadata from image_series e join image_instance i on i.series = e.series
    where e.study = s.study and i.rejected is null order by e.number, e.series, i.number, i.instance limit 1) as sample`,
  series: `, (select i.metadata from image_instance i where i.series = e.series and i.rejected is null order by i.number, i.instance limit 1) as sample`,
  instance: "",
};

/** One page. It reads a row more than asked, to know whether there is a next page. */
export async function findImages(database: Database, query: ImageQuery, scope: ScopeText): Promise<FoundImages> {
  const { level, limit } = query;
  const sql = new SqlText();
  const { by } = order[level];
  const found = await sql.run<FoundRow>(database, pageText(sql, query, scope));
  const shown = found.slice(0, limit);
  const counts = level === "patient" ? await patientCounts(database, shown, { query, scope }) : undefined;
  const last = shown.at(-1);
  return {
    rows: shown.map((row, at) => imageRow(level, row, { include: query.include, counts: counts?.[at] })),
    ...(found.length > limit && last !== undefined ? { next: cursorOf(last, by.length) } : {}),
  };
}

function pageText(sql: SqlText, query: ImageQuery, scope: ScopeText): string {
  const { level, limit } = query;
  const conditions = levelConditions(sql, query, scope);
  const { by, types } = order[level];
  const direction = isDescending(level) ? " desc" : "";
  const wantsSample = query.include !== undefined && query.include.length > 0;
  const cursor = by.map((column, at) => `${column}${types[at] === "bigint" ? "::text" : ""} as at_${at}`);
  const columns = `${selected[level]}${wantsSample ? sample[level] : ""}, ${cursor.join(", ")}`;
  const distinct = level === "patient" ? `distinct on (${by.join(", ")})` : "";
  const skip = skipped(sql, query, conditions);
  const all = [...conditions.study, ...conditions.series, ...conditions.instance, ...afterCondition(sql, query)];
  return `${skip.before} select ${distinct} ${columns} from ${tables[level]} where ${[...all, ...skip.where].join(" and ")}
    order by ${by.map((column) => `${column}${direction}`).join(", ")}${level === "patient" ? ", s.study desc" : ""}
    limit ${sql.bind(limit + 1, "int")} ${skip.offset}`;
}

function skipped(sql: SqlText, query: ImageQuery, conditions: LevelConditions): Skip {
  const { skip = 0, level } = query;
  if (skip === 0) return { before: "", where: [], offset: "" };
  const many = sql.bind(skip, "int");
  return level === "instance" && isCountable(conditions)
    ? counted(many, conditions)
    : { before: "", where: [], offset: `offset ${many}` };
}

function afterCondition(sql: SqlText, { level, after }: ImageQuery): readonly string[] {
  if (after === undefined) return [];
  const { by, types } = order[level];
  const values = by.map((_, at) => sql.bind(after[at] ?? "", types[at] ?? "text"));
  // Rows of several tables are compared one by one; the first column leads to them.
  const first = level === "instance" ? [`e.study >= ${values[0]}`] : [];
  return [...first, `(${by.join(", ")}) ${isDescending(level) ? "<" : ">"} (${values.join(", ")})`];
}

function cursorOf(row: FoundRow, columns: number): ImageCursor {
  return Array.from(
    { length: columns },
    (_, at) => (row as unknown as Record<string, string | number>)[`at_${at}`] ?? "",
  );
}

/** Without looking at what is on the page. */
export async function countImages(database: Database, query: ImageQuery, scope: ScopeText): Promise<number> {
  const sql = new SqlText();
  const where = conditionsOf(sql, query, scope).join(" and ");
  const what = query.level === "patient" ? "distinct (s.patient_id, s.issuer)" : "*";
  const text = `select count(${what})::int as count from ${tables[query.level]} where ${where}`;
  const found = await sql.run<{ count: number }>(database, text);
  return found[0]?.count ?? 0;
}

export interface PatientCounts {
  readonly studies: number;
  readonly series: number;
  readonly instances: number;
}

/** Of what the actor may see of each patient. */
async function patientCounts(
  database: Database,
  rows: readonly FoundRow[],
  { query, scope }: { readonly query: ImageQuery; readonly scope: ScopeText },
): Promise<readonly PatientCounts[]> {
  if (rows.length === 0) return [];
  const sql = new SqlText();
  const ids = sql.bind(
    rows.map(({ patient_id }) => patient_id ?? ""),
    "text[]",
  );
  const issuers = sql.bind(
    rows.map(({ issuer }) => issuer ?? ""),
    "text[]",
  );
  const states: { readonly states?: readonly StudyState[] } =
    query.states === undefined ? {} : { states: query.states };
  const where = conditionsOf(sql, { level: "study", match: [], limit: 1, ...states }, scope).join(" and ");
  const text = `select count(s.study)::int as studies, coalesce(sum(s.series_count), 0)::int as series,
      coalesce(sum(s.instance_count), 0)::int as instances
    from unnest(${ids}, ${issuers}) with ordinality as p (id, issuer, at)
    left join image_study s on s.patient_id = p.id and s.issuer = p.issuer and ${where}
    group by p.at order by p.at`;
  return sql.run<PatientCounts>(database, text);
}
