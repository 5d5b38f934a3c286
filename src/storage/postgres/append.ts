import type { PendingQuery, Row } from "postgres";
import type { Blob, VersionRow, WriteRows } from "#record";
import { appendEntries, appendTerms } from "./append-entries.ts";
import { auditRows, type Chained } from "./audit-chain.ts";
import { appendDailyBlobs, makeTables } from "./daily-blobs.ts";
import type { Database } from "./database.ts";
import { selfKey } from "./index-key.ts";
import { indexedKeys } from "./indexed-keys.ts";
import { joined, separator } from "./joined-texts.ts";
import type { KindNumbers } from "./kinds.ts";
import { actionLetter } from "./version-row.ts";

export interface AppendNeeds {
  readonly sql: Database;
  readonly kinds: KindNumbers;
}

/** What writes the rows. */
export interface Appending {
  /** Statements that must have been carried out before, in the same transaction; seldom any. */
  readonly before: readonly (() => PromiseLike<unknown>)[];
  /** Statements that do not see each other's effects, and so can be parts of one. */
  readonly parts: readonly PendingQuery<Row[]>[];
}

export function appending(needs: AppendNeeds, rows: WriteRows, chained: Chained): Appending {
  const newest = newestOnly(rows.versions);
  return {
    before: [...appendTerms(needs.sql, newest), ...makeTables(needs.sql, rows.blobs)],
    parts: [
      ...appendVersions(needs, rows.versions),
      ...replaceDocuments(needs, newest),
      ...appendEntries(needs.sql, newest),
      ...appendBlobs(needs, rows.blobs),
      ...appendAudit(needs, chained),
    ],
  };
}

/** A batch may hold several versions of one document; only the last one is found by search. */
function newestOnly(versions: readonly VersionRow[]): readonly VersionRow[] {
  const newest = new Map(versions.map((row) => [`${row.kind}/${row.id}`, row]));
  return newest.size === versions.length ? versions : [...newest.values()];
}

function appendVersions({ sql, kinds }: AppendNeeds, rows: readonly VersionRow[]) {
  if (rows.length === 0) return [];
  return [
    sql`insert into version (position, kind, id, version, at_ms, action, previous, body)
      select position, kind, id, version, at_ms, action, nullif(previous, 0), coalesce(body, '') from unnest(
        ${rows.map((row) => row.position)}::bigint[], ${rows.map((row) => kinds.numberOf(row.kind))}::smallint[],
        ${rows.map((row) => row.id)}::text[], ${rows.map((row) => row.version)}::int[],
        ${rows.map((row) => row.at)}::bigint[], ${rows.map((row) => actionLetter(row.action))}::"char"[],
        ${rows.map((row) => row.previous ?? 0)}::bigint[],
        string_to_array(${joined(rows.map((row) => row.body))}::text, ${separator}))
        as row (position, kind, id, version, at_ms, action, previous, body)`,
  ];
}

/** The head's lock is held and what exists was read under it, so what is new can be told from what is replaced. */
function replaceDocuments(needs: AppendNeeds, rows: readonly VersionRow[]) {
  const added = rows.filter((row) => row.replaces === undefined);
  const replacing = rows.filter((row) => row.replaces !== undefined);
  return [
    ...(added.length > 0 ? [addDocuments(needs, added)] : []),
    ...(replacing.length > 0 ? [...removeEntries(needs, replacing), updateDocuments(needs, replacing)] : []),
  ];
}

function addDocuments(needs: AppendNeeds, rows: readonly VersionRow[]) {
  const { sql } = needs;
  return sql`insert into document (self, kind, id, version, position, deleted, present, reference_count, keys)
    select self, kind, id, version, position, deleted = 1, present, reference_count, keys::bigint[]
    from ${documentRows(needs, rows)}`;
}

function updateDocuments(needs: AppendNeeds, rows: readonly VersionRow[]) {
  const { sql } = needs;
  return sql`update document d
    set version = row.version, position = row.position, deleted = row.deleted = 1, present = row.present,
      reference_count = row.reference_count, keys = row.keys::bigint[]
    from ${documentRows(needs, rows)} where d.self = row.self and d.kind + 0 = row.kind and d.id = row.id`;
}

/** The documents as a table. Its keys are still text: arrays of arrays are no tables in PostgreSQL. */
function documentRows({ sql, kinds }: AppendNeeds, rows: readonly VersionRow[]) {
  const keys = rows.map((row) => indexedKeys(row.kind, row.entries));
  return sql`unnest(
      ${rows.map(selfKey)}::bigint[], ${rows.map((row) => kinds.numberOf(row.kind))}::smallint[],
      ${rows.map((row) => row.id)}::text[], ${rows.map((row) => row.version)}::int[],
      ${rows.map((row) => row.position)}::bigint[], ${rows.map((row) => (row.action === "delete" ? 1 : 0))}::int[],
      ${rows.map((row) => row.entries.present.toString())}::bigint[],
      ${keys.map(({ referenceCount }) => referenceCount)}::smallint[],
      string_to_array(${joined(keys.map(({ array }) => array))}::text, ${separator}))
    as row (self, kind, id, version, position, deleted, present, reference_count, keys)`;
}

function removeEntries({ sql }: AppendNeeds, rows: readonly VersionRow[]) {
  const positions = rows.flatMap((row) => row.replaces ?? []);
  return [
    sql`delete from date_entry where position = any(${positions}::bigint[])`,
    sql`delete from text_entry where position = any(${positions}::bigint[])`,
    sql`delete from number_entry where position = any(${positions}::bigint[])`,
  ];
}

function appendBlobs({ sql }: AppendNeeds, all: readonly Blob[]) {
  const daily = appendDailyBlobs(sql, all);
  const blobs = all.filter(({ day }) => day === undefined);
  if (blobs.length === 0) return daily;
  // The driver has no arrays of bytes; base64 is the smallest text that decodes quickly.
  return [
    ...daily,
    sql`insert into blob (hash, bytes)
      select decode(hash, 'hex'), decode(bytes, 'base64') from unnest(
        ${blobs.map((blob) => blob.hash)}::text[], ${blobs.map((blob) => base64(blob.bytes))}::text[]) as row (hash, bytes)
      on conflict (hash) do nothing`,
  ];
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}

function appendAudit({ sql }: AppendNeeds, chained: Chained) {
  if (chained.entries.length === 0) return [];
  return [sql`insert into audit_event (sequence, at_ms, body, hash, keys) select * from ${auditRows(sql, chained)}`];
}
