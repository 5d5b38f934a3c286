import type { HistoryQuery, Key, Kind, Page, Position, Version } from "#record";
import type { Database } from "./database.ts";
import { selfKey } from "./index-key.ts";
import type { KindNumbers } from "./kinds.ts";
import { SqlText } from "./sql-text.ts";
import { type StoredVersion, toVersion } from "./version-row.ts";

export interface ReadNeeds {
  readonly database: Database;
  readonly kinds: KindNumbers;
}

export async function readNewest(needs: ReadNeeds, kind: Kind, id: string): Promise<Version | undefined> {
  const rows = await needs.database<StoredVersion[]>`
    select v.* from document d join version v on v.position = d.position
    where d.self = ${selfKey({ kind, id })} and d.kind + 0 = ${needs.kinds.numberOf(kind)} and d.id = ${id}`;
  return rows[0] && toVersion(rows[0], needs.kinds);
}

export async function readMany(needs: ReadNeeds, keys: readonly Key[]): Promise<readonly Version[]> {
  if (keys.length === 0) return [];
  const rows = await needs.database<StoredVersion[]>`
    select v.* from unnest(
        ${keys.map(selfKey)}::bigint[], ${keys.map((key) => needs.kinds.numberOf(key.kind))}::smallint[],
        ${keys.map((key) => key.id)}::text[]
      ) as wanted (self, kind, id)
    join document d on d.self = wanted.self and d.kind + 0 = wanted.kind and d.id = wanted.id and not d.deleted
    join version v on v.position = d.position`;
  return rows.map((row) => toVersion(row, needs.kinds));
}

export async function readVersion(needs: ReadNeeds, key: Key, version: number): Promise<Version | undefined> {
  const sql = new SqlText();
  const rows = await sql.run<StoredVersion>(
    needs.database,
    `${versionsOf(sql, needs, key, version)}
    select v.* from chain join version v using (position) where chain.version = ${sql.bind(version, "int")}`,
  );
  return rows[0] && toVersion(rows[0], needs.kinds);
}

export async function readHistory(needs: ReadNeeds, query: HistoryQuery): Promise<Page> {
  const sql = new SqlText();
  const { kind, id } = query;
  const isOfOne = kind !== undefined && id !== undefined;
  const from = isOfOne ? "chain join version v using (position)" : "version v";
  const kindNumber = kind === undefined || isOfOne ? undefined : sql.bind(needs.kinds.numberOf(kind), "smallint");
  const conditions = [
    kindNumber !== undefined ? `v.kind = ${kindNumber}` : "true",
    query.sinceMs !== undefined ? `v.at_ms >= ${sql.bind(query.sinceMs, "bigint")}` : "true",
    query.before !== undefined ? `v.position < ${sql.bind(query.before, "bigint")}` : "true",
    query.after !== undefined ? `v.position > ${sql.bind(query.after, "bigint")}` : "true",
    ...(query.at === undefined ? [] : wasNewest(sql, query.at, { isOfOne, kindNumber })),
  ];
  const rows = await sql.run<StoredVersion>(
    needs.database,
    `${isOfOne ? versionsOf(sql, needs, { kind, id }, 1) : ""}
     select v.* from ${from} where ${conditions.join(" and ")}
     order by v.position ${query.isOldestFirst === true ? "asc" : "desc"}
     limit ${sql.bind(query.limit + 1, "int")}`,
  );
  const versions = rows.slice(0, query.limit).map((row) => toVersion(row, needs.kinds));
  const last = versions.at(-1);
  return rows.length > query.limit && last ? { versions, next: { position: last.position } } : { versions };
}

/** A version is the newest of its document from its own time until that of the next. */
function wasNewest(
  sql: SqlText,
  { fromMs, toMs }: NonNullable<HistoryQuery["at"]>,
  { isOfOne, kindNumber }: { readonly isOfOne: boolean; readonly kindNumber: string | undefined },
): readonly string[] {
  const source = isOfOne ? "chain c join version n using (position)" : "version n";
  const ofKind = kindNumber === undefined ? "" : `and n.kind = ${kindNumber}`;
  const [from, to] = [sql.bind(fromMs, "bigint"), sql.bind(toMs, "bigint")];
  return [
    `v.at_ms < ${to}`,
    `not exists (select 1 from ${source} where n.previous = v.position and n.at_ms <= ${from} ${ofKind})`,
  ];
}

/** The versions of one document from the newest down to `lowest`, as a table `chain`. */
function versionsOf(sql: SqlText, { kinds }: ReadNeeds, key: Key, lowest: number): string {
  const [self, kind, id] = [selfKey(key), kinds.numberOf(key.kind), key.id];
  return `with recursive chain as (
      select n.position, n.previous, n.version from document d join version n on n.position = d.position
      where d.self = ${sql.bind(self, "bigint")} and d.kind + 0 = ${sql.bind(kind, "smallint")} and d.id = ${sql.bind(id, "text")}
      union all
      select o.position, o.previous, o.version from chain join version o on o.position = chain.previous
      where chain.version > ${sql.bind(lowest, "int")}
    )`;
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
