import type { ImageAddress, InstanceCursor, InstancesPage, InstancesQuestion, StoredInstance } from "#imaging";
import { instant } from "#kernel";
import type { BlobHash } from "#record";
import type { Database } from "../database.ts";
import { SqlText } from "../sql-text.ts";
import { noNumber } from "./add.ts";
import type { ScopeText } from "./scope.ts";

interface InstanceRow {
  readonly study_uid: string;
  readonly series_uid: string;
  readonly uid: string;
  readonly class: string;
  readonly syntax: string;
  readonly number: number;
  readonly frames: number;
  readonly blob: string;
  readonly size_bytes: number;
  readonly data_set_at: number;
  readonly pixels_at: number;
  readonly metadata?: string;
  readonly study_edit: string | null;
  readonly series_edit: string | null;
  readonly own_edit: string | null;
  readonly rejected: string | null;
  readonly source: string;
  readonly patient: string | null;
  readonly at_ms: number;
  readonly revision: string;
  readonly series_number: number;
  readonly series: string;
  readonly instance: string;
}

const columns = `s.uid as study_uid, e.uid as series_uid, i.uid, i.class, i.syntax, i.number, i.frames,
  encode(i.blob, 'hex') as blob, i.size_bytes, i.data_set_at, i.pixels_at, i.rejected, i.source, s.patient, i.at_ms,
  concat_ws('.', s.study, s.revision, s.last_at_ms) as revision,
  e.number as series_number, e.series::text as series, i.instance::text as instance,
  case when s.received is not null then s.attributes end as study_edit,
  case when e.received is not null then e.attributes end as series_edit,
  case when i.received is not null then i.metadata end as own_edit`;

/** Objects in the order of the numbers of their series and of themselves. */
export async function readInstances(
  database: Database,
  { address, withMetadata, withRejected, order, limit, after }: InstancesQuestion,
  scope: ScopeText,
): Promise<InstancesPage> {
  const sql = new SqlText();
  const ordered = order ?? (address.series === undefined ? "numbered" : "within-series");
  const where = [
    "s.state <> 'd'",
    ...(withRejected === true ? [] : ["i.rejected is null"]),
    ...addressConditions(sql, address),
    ...scope(sql),
    ...afterCondition(sql, ordered, after),
  ];
  const text = `select ${columns}${withMetadata ? ", i.metadata" : ""}
    from image_instance i join image_series e on e.series = i.series join image_study s on s.study = e.study
    where ${where.join(" and ")}
    order by ${orders[ordered].by.join(", ")} limit ${sql.bind(limit + 1, "int")}`;
  const found = await sql.run<InstanceRow>(database, text);
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    instances: shown.map(instanceOf),
    ...(last === undefined ? {} : { end: cursorOf(last, ordered) }),
    ...(found.length > limit && last !== undefined ? { next: cursorOf(last, ordered) } : {}),
  };
}

function addressConditions(sql: SqlText, { study, series, instance }: ImageAddress): readonly string[] {
  return [
    ...(study === undefined ? [] : [`s.uid = ${sql.bind(study, "text")}`]),
    ...(series === undefined ? [] : inSeries(sql.bind(series, "text"), instance === undefined)),
    ...(instance === undefined ? [] : [`i.uid = ${sql.bind(instance, "text")}`]),
  ];
}

/** Of a series named by its key, objects come in the order of their index, and a page of them is all that is read. */
function inSeries(uid: string, areMany: boolean): readonly string[] {
  return [`e.uid = ${uid}`, ...(areMany ? [`i.series = (select series from image_series where uid = ${uid})`] : [])];
}

type Ordered = keyof typeof orders;

const orders = {
  "within-series": { by: ["i.number", "i.instance"], types: ["int", "bigint"] },
  numbered: { by: ["e.number", "e.series", "i.number", "i.instance"], types: ["int", "bigint", "int", "bigint"] },
  received: { by: ["i.instance"], types: ["bigint"] },
} as const;

function cursorOf(row: InstanceRow, order: Ordered): InstanceCursor {
  if (order === "received") return [row.instance];
  const within = [row.number, row.instance];
  return order === "within-series" ? within : [row.series_number, row.series, ...within];
}

function afterCondition(sql: SqlText, order: Ordered, after: InstanceCursor | undefined): readonly string[] {
  if (after === undefined) return [];
  const { by, types } = orders[order];
  const values = types.map((type, at) => sql.bind(after[at] ?? 0, type));
  return [`(${by.join(", ")}) > (${values.join(", ")})`];
}

function instanceOf(row: InstanceRow): StoredInstance {
  const edits = [row.study_edit, row.series_edit, row.own_edit].filter((edit): edit is string => edit !== null);
  return {
    study: row.study_uid,
    series: row.series_uid,
    instance: row.uid,
    sopClass: row.class,
    transferSyntax: row.syntax,
    number: row.number === noNumber ? undefined : row.number,
    frames: row.frames,
    blob: row.blob as BlobHash,
    sizeBytes: row.size_bytes,
    dataSetAt: row.data_set_at,
    pixelsAt: row.pixels_at < 0 ? undefined : row.pixels_at,
    metadata: row.metadata,
    edits: edits.map((edit) => `{${edit}}`),
    rejected: row.rejected ?? undefined,
    patient: row.patient ?? undefined,
    studyRevision: row.revision,
    source: row.source,
    receivedAt: instant(row.at_ms),
  };
}
