import type { AddedEntries, IndexedVersion, IndexingStore, VersionRow } from "#record";
import { appendEntries, forgetTerms } from "./append-entries.ts";
import type { Database } from "./database.ts";
import { parameterKey } from "./index-key.ts";
import { indexedKeys } from "./indexed-keys.ts";
import type { KindNumbers } from "./kinds.ts";
import { type StoredVersion, toVersion } from "./version-row.ts";

export function indexingStore(database: Database, kinds: KindNumbers): IndexingStore {
  return {
    async countNewest(kind, { after, upTo }) {
      const rows = await database<{ count: number }[]>`
        select count(*)::int as count from document
        where kind = ${kinds.numberOf(kind)} and position > ${after} and position <= ${upTo} and not deleted`;
      return rows[0]?.count ?? 0;
    },
    async newest(kind, { after, upTo }, limit) {
      const rows = await database<StoredVersion[]>`
        select v.* from (
          select position from document
          where kind = ${kinds.numberOf(kind)} and position > ${after} and position <= ${upTo} and not deleted
          order by position limit ${limit}
        ) as page join version v using (position) order by v.position`;
      return rows.map((row) => toVersion(row, kinds));
    },
    addEntries: (added) => addEntries(database, kinds, added),
  };
}

async function addEntries(database: Database, kinds: KindNumbers, added: AddedEntries): Promise<void> {
  const { kind, rows, parameters, cursor } = added;
  await database.begin(async (transaction) => {
    const sql = transaction as unknown as Database;
    try {
      const locked = await sql<{ position: number }[]>`
        select position from document where kind = ${kinds.numberOf(kind)}
          and position = any(${rows.map(({ version }) => version.position)}::bigint[]) and not deleted
        order by position for update`;
      const standing = new Set(locked.map(({ position }) => position));
      const changed = rows.filter(({ version }) => standing.has(version.position)).map(rowOf);
      if (changed.length > 0) {
        const keys = parameters.map((parameter) => parameterKey(kind, parameter));
        if (keys.length > 0) await removeFormer(sql, changed, keys);
        await addKeys(sql, kinds.numberOf(kind), changed);
        await Promise.all(appendEntries(sql, changed));
      }
      await sql`insert into feed_cursor (worker, position) values (${cursor.worker}, ${cursor.position})
        on conflict (worker) do update set position = excluded.position`;
    } finally {
      forgetTerms(sql);
    }
  });
}

function rowOf({ version, entries }: IndexedVersion): VersionRow {
  return { ...version, entries };
}

/** What an attempt before this one may have left. */
async function removeFormer(sql: Database, rows: readonly VersionRow[], parameters: readonly string[]): Promise<void> {
  const positions = rows.map((row) => row.position);
  await Promise.all([
    sql`delete from date_entry where position = any(${positions}::bigint[]) and parameter = any(${parameters}::bigint[])`,
    sql`delete from text_entry where position = any(${positions}::bigint[]) and parameter = any(${parameters}::bigint[])`,
    sql`delete from number_entry where position = any(${positions}::bigint[]) and parameter = any(${parameters}::bigint[])`,
  ]);
}

/** References stand before all other keys. */
async function addKeys(sql: Database, kind: number, rows: readonly VersionRow[]): Promise<void> {
  const found = rows
    .map((row) => ({ position: row.position, keys: indexedKeys(row.kind, row.entries) }))
    .filter(({ keys }) => keys.array !== "{}");
  if (found.length === 0) return;
  await sql`update document d
    set keys = added.keys[:added.reference_count] || d.keys || added.keys[added.reference_count + 1:],
      reference_count = d.reference_count + added.reference_count
    from (
      select position, reference_count, keys::bigint[] as keys from unnest(
        ${found.map(({ position }) => position)}::bigint[],
        ${found.map(({ keys }) => keys.referenceCount)}::smallint[],
        ${found.map(({ keys }) => keys.array)}::text[]) as row (position, reference_count, keys)
    ) as added
    where d.kind = ${kind} and d.position = added.position and not d.deleted and not d.keys @> added.keys`;
}
