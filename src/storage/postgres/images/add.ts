import type { Fate, NewInstance } from "#imaging";
import type { BlobHash } from "#record";
import type { Database, DatabaseTransaction } from "../database.ts";

/** Stands for an object or a series without a number, behind all that have one. */
export const noNumber = 2_147_483_647;

interface FateRow {
  readonly fate: "new" | "known" | "series-elsewhere";
  readonly kept: string | null;
}

/**
 * One statement in a transaction of its own, which commits when the bytes of the objects are durable: see `image_add` in
 * `migrations/0007-images.sql`. Where it holds all bytes itself, the statement is the transaction.
 */
export async function addObjects(
  database: Database,
  objects: readonly NewInstance[],
  ready: Promise<unknown> = Promise.resolve(),
): Promise<readonly Fate[]> {
  if (objects.every(({ bytes }) => bytes !== undefined)) {
    await ready;
    return addRows(database, objects);
  }
  return database.begin(async (sql) => {
    const fates = await addRows(sql, objects);
    await ready;
    return fates;
  }) as Promise<readonly Fate[]>;
}

async function addRows(sql: Database | DatabaseTransaction, objects: readonly NewInstance[]): Promise<readonly Fate[]> {
  const texts = (of: (object: NewInstance) => string) => objects.map((object) => storable(of(object)));
  const added = sql`image_add(
      ${texts(({ study }) => JSON.stringify(study))}::text[], ${texts(({ series }) => JSON.stringify(numbered(series)))}::text[],
      ${texts(({ uid }) => uid)}::text[], ${texts(({ series }) => series.uid)}::text[],
      ${texts(({ study }) => study.uid)}::text[], ${texts(({ study }) => `${study.issuer}|${study.patientId}`)}::text[],
      ${texts(({ sopClass }) => sopClass)}::text[], ${texts(({ transferSyntax }) => transferSyntax)}::text[],
      ${texts(({ series }) => series.modality)}::text[], ${objects.map(({ number }) => number ?? noNumber)}::int[],
      ${objects.map(({ frames }) => frames)}::int[], ${texts(({ blob }) => blob)}::text[],
      ${objects.map(({ sizeBytes }) => sizeBytes)}::bigint[], ${objects.map(({ dataSetAt }) => dataSetAt)}::int[],
      ${objects.map(({ pixelsAt }) => pixelsAt ?? -1)}::bigint[], ${texts(({ metadata }) => metadata)}::text[],
      ${texts(({ source }) => source)}::text[], ${objects[0]?.at ?? 0}::bigint)`;
  if (objects.every(({ bytes }) => bytes === undefined))
    return (await sql<FateRow[]>`select fate, kept from ${added}`).map(fateOf);
  // Bytes are kept of what is new; where another object has the UID, it is decided elsewhere what becomes of them.
  const rows = await sql<FateRow[]>`
    with added as materialized (select fate, kept, at from ${added} with ordinality as a (fate, kept, at)),
    beside as (
      insert into image_bytes (blob, bytes)
      select decode(a.kept, 'hex'), decode(b.bytes, 'base64')
      from added a join unnest(${objects.map(base64Of)}::text[]) with ordinality as b (bytes, at) on b.at = a.at
      where a.fate = 'new' and b.bytes <> '' on conflict do nothing)
    select fate, kept from added order by at`;
  return rows.map(fateOf);
}

function base64Of({ bytes }: NewInstance): string {
  return bytes === undefined ? "" : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}

function numbered<T extends { readonly number: number | undefined }>(series: T) {
  return { ...series, number: series.number ?? noNumber };
}

function fateOf({ fate, kept }: FateRow): Fate {
  if (fate === "known") return { is: "known", blob: (kept ?? "") as BlobHash };
  return { is: fate };
}

/** PostgreSQL's text has no NUL, written out or escaped in JSON. */
export function storable(text: string): string {
  return text.includes("\0") || text.includes("\\u0000") ? text.replaceAll("\0", " ").replaceAll("\\u0000", " ") : text;
}
