import type { HistoryQuery, Key, Kind, Page, Position, Version } from "#record";
import type { Database } from "./database.ts";
import type { KindNumbers } from "./kinds.ts";
import { SqlText } from "./sql-text.ts";
import { type StoredVersion, toVersion } from "./version-row.ts";

export interface ReadNeeds {
  readonly database: Database;
  readonly kinds: KindNumbers;
}

export async function readNewest(needs: ReadNeeds, kind: Kind, id: string): Promise<Version | undefined> {
  const rows = await needs.database<StoredVersion[]>`
    select * from version where kind = ${needs.kinds.numberOf(kind)} and id = ${id} order by version desc limit 1`;
  return rows[0] && toVersion(rows[0], needs.kinds);
}

export async function readMany(needs: ReadNeeds, keys: readonly Key[]): Promise<readonly Version[]> {
  if (keys.length === 0) return [];
  const rows = await needs.database<StoredVersion[]>`
    select v.* from unnest(
        ${keys.map((key) => needs.kinds.numberOf(key.kind))}::smallint[], ${keys.map((key) => key.id)}::text[]
      ) as wanted (kind, id)
    join document d on d.kind = wanted.kind and d.id = wanted.id and not d.deleted
    join version v on v.position = d.position`;
  return rows.map((row) => toVersion(row, needs.kinds));
}

export async function readVersion(needs: ReadNeeds, key: Key, version: number): Promise<Version | undefined> {
  const rows = await needs.database<StoredVersion[]>`
    select * from version
    where kind = ${needs.kinds.numberOf(key.kind)} and id = ${key.id} and version = ${version}`;
  return rows[0] && toVersion(rows[0], needs.kinds);
}

export async function readHistory(needs: ReadNeeds, query: HistoryQuery): Promise<Page> {
  const sql = new SqlText();
  const conditions = [
    query.kind !== undefined ? `kind = ${sql.bind(needs.kinds.numberOf(query.kind), "smallint")}` : "true",
    query.id !== undefined ? `id = ${sql.bind(query.id, "text")}` : "true",
    query.sinceMs !== undefined ? `at_ms >= ${sql.bind(query.sinceMs, "bigint")}` : "true",
    query.before !== undefined ? `position < ${sql.bind(query.before, "bigint")}` : "true",
  ];
  // An item's versions follow its positions, and its own index knows them by version.
  const order = query.id !== undefined ? "version" : "position";
  const rows = await sql.run<StoredVersion>(
    needs.database,
    `select * from version where ${conditions.join(" and ")} order by ${order} desc
     limit ${sql.bind(query.limit + 1, "int")}`,
  );
  const versions = rows.slice(0, query.limit).map((row) => toVersion(row, needs.kinds));
  const last = versions.at(-1);
  return rows.length > query.limit && last ? { versions, next: { position: last.position } } : { versions };
}

export async function readChanges(needs: ReadNeeds, after: Position, limit: number): Promise<readonly Version[]> {
  const rows = await needs.database<StoredVersion[]>`
    select * from version where position > ${after} order by position limit ${limit}`;
  return rows.map((row) => toVersion(row, needs.kinds));
}

export async function readPosition({ database }: ReadNeeds): Promise<Position> {
  const [head] = await database<{ position: number }[]>`select position from head`;
  return head?.position ?? 0;
}
