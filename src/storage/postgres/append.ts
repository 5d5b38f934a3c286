import type { Blob, VersionRow, WriteRows } from "#record";
import { auditRows, type Chained, chainOf, type Seal, tailOf } from "./audit-chain.ts";
import type { Database } from "./database.ts";
import { bigintArray, documentKey, hash64 } from "./index-key.ts";
import type { KindNumbers } from "./kinds.ts";
import { actionLetter } from "./version-row.ts";
import type { Head } from "./write.ts";

export interface AppendNeeds {
  readonly sql: Database;
  readonly kinds: KindNumbers;
  readonly head: Head;
  readonly seal: Seal;
}

/** The statements that write the rows, to be sent in this order and awaited together. */
export function appendRows(needs: AppendNeeds, rows: WriteRows): readonly PromiseLike<unknown>[] {
  const newest = newestOnly(rows.versions);
  const chained = chainOf(tailOf(needs.head), rows.audit, needs.seal);
  return [
    ...appendVersions(needs, rows.versions),
    ...replaceDocuments(needs, newest),
    ...appendEntries(needs, newest),
    ...appendBlobs(needs, rows.blobs),
    ...appendAudit(needs, chained),
    ...(rows.versions.length + rows.audit.length === 0 ? [] : [moveHead(needs, rows.versions, chained)]),
  ];
}

/** A batch may hold several versions of one document; only the last one is found by search. */
function newestOnly(versions: readonly VersionRow[]): readonly VersionRow[] {
  const newest = new Map(versions.map((row) => [`${row.kind}/${row.id}`, row]));
  return newest.size === versions.length ? versions : [...newest.values()];
}

function appendVersions({ sql, kinds }: AppendNeeds, rows: readonly VersionRow[]) {
  if (rows.length === 0) return [];
  return [
    sql`insert into version (position, kind, id, version, at_ms, action, body)
      select position, kind, id, version, at_ms, action, coalesce(body, '') from unnest(
        ${rows.map((row) => row.position)}::bigint[], ${rows.map((row) => kinds.numberOf(row.kind))}::smallint[],
        ${rows.map((row) => row.id)}::text[], ${rows.map((row) => row.version)}::int[],
        ${rows.map((row) => row.at)}::bigint[], ${rows.map((row) => actionLetter(row.action))}::"char"[],
        string_to_array(${joined(rows.map((row) => row.body))}::text, ${separator}))
        as row (position, kind, id, version, at_ms, action, body)`,
  ];
}

/**
 * JSON text never holds this character as it stands, so many go as one text, without the cost of quoting each in an
 * array. An empty text by itself comes back as none.
 */
const separator = "\u0001";

function joined(texts: readonly string[]): string {
  return texts.join(separator);
}

function replaceDocuments({ sql, kinds }: AppendNeeds, rows: readonly VersionRow[]) {
  if (rows.length === 0) return [];
  const replaced = rows.flatMap((row) => row.replaces ?? []);
  const removal = replaced.length === 0 ? [] : removeEntries(sql, replaced);
  return [
    ...removal,
    sql`insert into document (kind, id, version, position, deleted, keys)
      select kind, id, version, position, deleted = 1, keys::bigint[] from unnest(
        ${rows.map((row) => kinds.numberOf(row.kind))}::smallint[], ${rows.map((row) => row.id)}::text[],
        ${rows.map((row) => row.version)}::int[], ${rows.map((row) => row.position)}::bigint[],
        ${rows.map((row) => (row.action === "delete" ? 1 : 0))}::int[],
        string_to_array(${joined(rows.map(keysOf))}::text, ${separator}))
        as row (kind, id, version, position, deleted, keys)
      on conflict (kind, id) do update
        set version = excluded.version, position = excluded.position,
            deleted = excluded.deleted, keys = excluded.keys`,
  ];
}

function removeEntries(sql: Database, positions: readonly number[]) {
  return [
    sql`delete from date_entry where position = any(${positions as number[]}::bigint[])`,
    sql`delete from text_entry where position = any(${positions as number[]}::bigint[])`,
  ];
}

function keysOf(row: VersionRow): string {
  return bigintArray(new Set(row.entries.keys.map((key) => documentKey(row.kind, key))));
}

function appendEntries({ sql }: AppendNeeds, rows: readonly VersionRow[]) {
  const dates = rows.flatMap((row) => row.entries.dates.map((date) => ({ ...date, row })));
  const texts = rows.flatMap((row) => row.entries.texts.map((text) => ({ ...text, row })));
  const insertDates = () => sql`insert into date_entry (parameter, from_ms, to_ms, position)
    select * from unnest(
      ${dates.map((date) => hash64(`${date.row.kind}?${date.parameter}`))}::bigint[],
      ${dates.map((date) => date.fromMs)}::bigint[], ${dates.map((date) => date.toMs)}::bigint[],
      ${dates.map((date) => date.row.position)}::bigint[])`;
  const insertTexts = () => sql`insert into text_entry (parameter, text, position)
    select * from unnest(
      ${texts.map((text) => hash64(`${text.row.kind}?${text.parameter}`))}::bigint[],
      ${texts.map((text) => text.text.replaceAll("\0", " "))}::text[],
      ${texts.map((text) => text.row.position)}::bigint[])`;
  return [...(dates.length > 0 ? [insertDates()] : []), ...(texts.length > 0 ? [insertTexts()] : [])];
}

function appendBlobs({ sql }: AppendNeeds, blobs: readonly Blob[]) {
  if (blobs.length === 0) return [];
  // The driver has no arrays of bytes; base64 is the smallest text that decodes quickly.
  return [
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

function moveHead({ sql, head }: AppendNeeds, versions: readonly VersionRow[], { tail }: Chained) {
  const last = versions.at(-1);
  return sql`update head set position = ${last?.position ?? head.position},
    at_ms = ${Math.max(last?.at ?? 0, head.at_ms)}, audit_sequence = ${tail.sequence}, audit_hash = ${tail.hash}`;
}
