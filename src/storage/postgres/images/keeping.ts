import type {
  ChangedStudies,
  ImageAddress,
  LevelEdit,
  NewStudy,
  NewTwin,
  StorageFigure,
  StudyRelation,
  Twin,
} from "#imaging";
import { instant } from "#kernel";
import type { BlobHash } from "#record";
import type { Database, DatabaseTransaction } from "../database.ts";
import { selfKey } from "../index-key.ts";
import { noNumber, storable } from "./add.ts";
import { stateLetters } from "./find-conditions.ts";
import { keepBytes } from "./small-objects.ts";

/** A row is taken by giving it a second one; so what changes meanwhile is a change of its own. */
export function changedStudies(database: Database): ChangedStudies {
  return {
    async take(limit, { quietAt, dueAt }) {
      await database`
        with waiting as (
          delete from image_changed where (study, taken) in (
            select c.study, c.taken from image_changed c join image_study s on s.study = c.study
            where not c.taken and (s.last_at_ms <= ${quietAt} or c.since_ms <= ${dueAt})
            order by c.since_ms limit ${limit} for update of c skip locked)
          returning study, since_ms)
        insert into image_changed (study, taken, since_ms) select study, true, since_ms from waiting on conflict do nothing`;
      const rows = await database<{ key: number; study: string; last_at_ms: number }[]>`
        select s.study as key, s.uid as study, s.last_at_ms from image_changed c join image_study s on s.study = c.study
        where c.taken order by c.since_ms limit ${limit}`;
      return rows.map(({ key, study, last_at_ms }) => ({ key, study, lastAt: instant(last_at_ms) }));
    },
    async finish(studies) {
      await database`delete from image_changed where taken and study = any(${studies.map(({ key }) => key)}::bigint[])`;
    },
    async mark(study) {
      await database`
        insert into image_changed (study, taken, since_ms)
        select study, false, last_at_ms from image_study where uid = ${study} on conflict do nothing`;
    },
  };
}

export async function relateStudy(database: Database, study: string, relation: StudyRelation): Promise<void> {
  const { state, conflict, patient, document } = relation;
  const self = document === undefined ? null : selfKey({ kind: "ImagingStudy", id: document });
  await database`
    update image_study set state = ${stateLetters[state]}::text::"char", conflict = ${conflict ?? null},
      patient = ${patient ?? null}, document = ${document ?? null}, document_self = ${self}::bigint
    where uid = ${study}`;
}

interface TwinRow extends Omit<Twin, "blob" | "sizeBytes" | "at"> {
  readonly blob: string;
  readonly size_bytes: number;
  readonly at_ms: number;
}

export async function readTwins(database: Database, limit: number): Promise<readonly Twin[]> {
  const rows = await database<TwinRow[]>`
    select twin, uid as instance, encode(blob, 'hex') as blob, size_bytes, why, source, at_ms from image_twin
    order by twin desc limit ${limit}`;
  return rows.map(({ twin, instance, blob, size_bytes, why, source, at_ms }) => ({
    twin,
    instance,
    blob: blob as BlobHash,
    sizeBytes: size_bytes,
    why,
    source,
    at: instant(at_ms),
  }));
}

export async function addTwin(database: Database, twin: NewTwin): Promise<void> {
  const { instance, blob, sizeBytes, why, source, at } = twin;
  await database.begin(async (sql) => {
    await keepBytes(sql, twin);
    await sql`
      insert into image_twin (uid, blob, size_bytes, why, source, at_ms)
      select ${instance}, decode(${blob}, 'hex'), ${sizeBytes}, ${why}, ${storable(source)}, ${at}
      where not exists (select from image_twin where uid = ${instance} and blob = decode(${blob}, 'hex'))`;
  });
}

export async function removeTwin(database: Database, twin: number): Promise<boolean> {
  const rows = await database`delete from image_twin where twin = ${twin} returning twin`;
  return rows.length > 0;
}

export async function namedBlobs(database: Database, blobs: readonly BlobHash[]): Promise<ReadonlySet<BlobHash>> {
  const rows = await database<{ blob: string }[]>`
    select encode(b.blob, 'hex') as blob from (select decode(h, 'hex') as blob from unnest(${[...blobs]}::text[]) as h) b
    where exists (select from image_instance i where i.blob = b.blob) or exists (select from image_twin t where t.blob = b.blob)`;
  return new Set(rows.map(({ blob }) => blob as BlobHash));
}

/** What was received first is kept beside what is shown. */
export async function overlay(
  database: Database,
  address: ImageAddress,
  edit: LevelEdit | undefined,
): Promise<boolean> {
  const { study, series, instance } = address;
  const shown = edit === undefined ? null : storable(edit.attributes);
  return database.begin(async (sql) => {
    if (instance !== undefined) return touched(sql, await instanceOverlay(sql, instance, shown));
    if (series !== undefined) return touched(sql, await seriesOverlay(sql, { uid: series, edit, shown }));
    return study !== undefined && (await studyOverlay(sql, { uid: study, edit, shown }));
  }) as Promise<boolean>;
}

/** What is held of the study is no longer what it is. */
async function touched(sql: DatabaseTransaction, [row]: readonly { readonly series: number }[]): Promise<boolean> {
  if (row === undefined) return false;
  await sql`
    update image_study set revision = revision where study = (select study from image_series where series = ${row.series})`;
  return true;
}

function instanceOverlay(sql: DatabaseTransaction, uid: string, shown: string | null) {
  return sql<{ series: number }[]>`
    update image_instance set metadata = coalesce(${shown}, received, metadata),
      received = case when ${shown}::text is null then null else coalesce(received, metadata) end
    where uid = ${uid} returning series`;
}

interface Edited {
  readonly uid: string;
  readonly edit: LevelEdit | undefined;
  readonly shown: string | null;
}

function seriesOverlay(sql: DatabaseTransaction, { uid, edit, shown }: Edited) {
  const of = edit?.series;
  return sql<{ series: number }[]>`
    update image_series set attributes = coalesce(${shown}, received, attributes),
      received = case when ${shown}::text is null then null else coalesce(received, attributes) end,
      modality = coalesce(${of?.modality ?? null}, modality), number = coalesce(${of === undefined ? null : (of.number ?? noNumber)}, number),
      series_date = coalesce(${of?.date ?? null}, series_date), body_part = coalesce(${of?.bodyPart ?? null}, body_part),
      station = coalesce(${of?.station ?? null}, station), description = coalesce(${of?.description ?? null}, description)
    where uid = ${uid} returning series`;
}

async function studyOverlay(sql: DatabaseTransaction, { uid, edit, shown }: Edited): Promise<boolean> {
  const of = edit?.study;
  const rows = await sql<{ study: number }[]>`
    update image_study set attributes = coalesce(${shown}, received, attributes),
      received = case when ${shown}::text is null then null else coalesce(received, attributes) end
    where uid = ${uid} returning study`;
  const key = rows[0]?.study;
  if (key === undefined) return false;
  if (of !== undefined) await filedAnew(sql, key, of);
  await sql`insert into image_changed (study, taken, since_ms) values (${key}, false, 0) on conflict do nothing`;
  return true;
}

async function filedAnew(
  sql: DatabaseTransaction,
  study: number,
  of: Omit<NewStudy, "uid" | "attributes">,
): Promise<void> {
  await sql`
    update image_study set issuer = ${of.issuer}, patient_id = ${of.patientId}, birth_date = ${of.birthDate}, sex = ${of.sex},
      accession = ${of.accession}, study_date = ${of.date}, study_time = ${of.time}, study_id = ${of.studyId},
      description = ${of.description}, referring = ${of.referring}
    where study = ${study}`;
  await sql`delete from image_name where study = ${study}`;
  await sql`
    insert into image_name (study, is_word, text)
    select ${study}, word, text from unnest(${of.names.map(({ isWord }) => String(isWord))}::text[]::boolean[],
      ${of.names.map(({ text }) => text)}::text[]) as n (word, text)`;
}

export async function remove(database: Database, address: ImageAddress): Promise<readonly BlobHash[]> {
  const { study = null, series = null, instance = null } = address;
  if (study === null && series === null && instance === null) return [];
  return database.begin(async (sql) => {
    const gone = await sql<{ blob: string; series: number; study: number }[]>`
      delete from image_instance i using image_series e, image_study s
      where e.series = i.series and s.study = e.study and (${study}::text is null or s.uid = ${study})
        and (${series}::text is null or e.uid = ${series}) and (${instance}::text is null or i.uid = ${instance})
      returning encode(i.blob, 'hex') as blob, e.series, s.study`;
    await recount(sql, [...new Set(gone.map((row) => row.study))]);
    const blobs = [...new Set(gone.map(({ blob }) => blob as BlobHash))];
    const named = await namedBlobs(sql as unknown as Database, blobs);
    return blobs.filter((blob) => !named.has(blob));
  }) as Promise<readonly BlobHash[]>;
}

/** Series and studies of which nothing is left go too; a study that goes is still told to those who follow changes. */
async function recount(sql: DatabaseTransaction, studies: readonly number[]): Promise<void> {
  const keys = [...studies];
  await sql`
    update image_series e set instance_count = c.shown, size_bytes = c.bytes
    from (select e.series, count(i.instance) filter (where i.rejected is null) as shown, coalesce(sum(i.size_bytes), 0) as bytes
      from image_series e left join image_instance i on i.series = e.series where e.study = any(${keys}::bigint[])
      group by e.series) c
    where e.series = c.series`;
  await sql`
    delete from image_series e where e.study = any(${keys}::bigint[])
      and not exists (select from image_instance i where i.series = e.series)`;
  await sql`
    update image_study s set series_count = c.series, instance_count = c.shown, size_bytes = c.bytes,
      state = case when c.series = 0 then 'd' else s.state end
    from (select s.study, count(e.series) as series, coalesce(sum(e.instance_count), 0) as shown,
        coalesce(sum(e.size_bytes), 0) as bytes
      from image_study s left join image_series e on e.study = s.study where s.study = any(${keys}::bigint[])
      group by s.study) c
    where s.study = c.study`;
  await sql`
    insert into image_changed (study, taken, since_ms) select study, false, 0 from unnest(${keys}::bigint[]) as study
    on conflict do nothing`;
}

export async function statistics(database: Database): Promise<readonly StorageFigure[]> {
  const rows = await database<(Omit<StorageFigure, "sizeBytes"> & { readonly size_bytes: number })[]>`
    select to_char(to_timestamp(e.last_at_ms / 1000.0) at time zone 'UTC', 'YYYY-MM') as month, e.modality,
      count(distinct e.study)::int as studies, sum(e.instance_count)::int as instances, sum(e.size_bytes)::bigint as size_bytes
    from image_series e group by 1, 2 order by 1, 2`;
  return rows.map(({ size_bytes, ...figure }) => ({ ...figure, sizeBytes: size_bytes }));
}
