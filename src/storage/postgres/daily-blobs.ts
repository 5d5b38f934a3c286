import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import type { PendingQuery, Row } from "postgres";
import type { Blob, BlobDay, BlobHash, DailyBlobs, DayOfBlobs } from "#record";
import { backupLock, type Database } from "./database.ts";

/** Statements that keep blobs under their days, whose tables are there. */
export function appendDailyBlobs(sql: Database, blobs: readonly Blob[]): readonly PendingQuery<Row[]>[] {
  return [...byDay(blobs)].map(([day, ofDay]) => {
    const table = tableOf(day);
    const packed = ofDay.map(({ bytes }) => base64(pack(bytes)));
    return sql`insert into ${sql(table)} (hash, size, bytes)
        select decode(hash, 'hex'), size, decode(bytes, 'base64') from unnest(
          ${ofDay.map(({ hash }) => hash)}::text[], ${ofDay.map(({ bytes }) => bytes.length)}::int[],
          ${packed}::text[]) as row (hash, size, bytes)
        on conflict (hash) do nothing`;
  });
}

function byDay(blobs: readonly Blob[]): ReadonlyMap<BlobDay, readonly Blob[]> {
  return Map.groupBy(
    blobs.filter(({ day }) => day !== undefined),
    ({ day }) => day as BlobDay,
  );
}

/** Days whose tables are there for certain. */
const daysMade = new WeakMap<Database, Set<BlobDay>>();

/** What makes a table for each day that may have none yet. */
export function makeTables(sql: Database, blobs: readonly Blob[]): readonly (() => PromiseLike<unknown>)[] {
  const made = daysMade.get(sql) ?? new Set<BlobDay>();
  daysMade.set(sql, made);
  const days = [...byDay(blobs).keys()].filter((day) => !made.has(day));
  return days.map((day) => () => {
    const statement = sql`create table if not exists ${sql(tableOf(day))} (like daily_blob including all)`;
    return statement.then(() => made.add(day));
  });
}

/** After a failure: what was sent may not have stayed. */
export function forgetDays(sql: Database): void {
  daysMade.delete(sql);
}

/** The tables of days that are there, as blobs are found in them and listed from them. */
export interface DailyBlobTables extends DailyBlobs {
  get(hash: BlobHash, day: BlobDay): Promise<Uint8Array | undefined>;
  /** In any of the days, the newest first; undefined where it is in none. */
  find(hash: BlobHash): Promise<Uint8Array | undefined>;
  /** At most `limit` of a day, in the order of their hashes. */
  hashesAfter(day: BlobDay, after: Uint8Array, limit: number): Promise<readonly Uint8Array[]>;
}

export function dailyBlobTables(database: Database): DailyBlobTables {
  const days = () => daysOf(database);
  /** Those that were there when they were asked for. */
  const seen = new Set<BlobDay>();
  const get = async (hash: BlobHash, day: BlobDay) => {
    if (!seen.has(day) && !(await isThere(database, day))) return undefined;
    seen.add(day);
    return getFrom(database, hash, day);
  };
  return {
    days,
    get,
    async find(hash) {
      for (const { day } of (await days()).toReversed()) {
        const bytes = await get(hash, day);
        if (bytes !== undefined) return bytes;
      }
      return undefined;
    },
    async hashesAfter(day, after, limit) {
      const rows = await absentAsNone(
        database<{ hash: Uint8Array }[]>`
          select hash from ${database(tableOf(day))} where hash > ${Buffer.from(after)} order by hash limit ${limit}`,
      );
      return rows.map(({ hash }) => hash);
    },
    drop: (day) => drop(database, day),
  };
}

async function daysOf(database: Database): Promise<readonly DayOfBlobs[]> {
  return database<DayOfBlobs[]>`
    select to_char(to_date(right(relname, 8), 'YYYYMMDD'), 'YYYY-MM-DD') as day,
      pg_total_relation_size(oid)::float8 as "sizeBytes"
    from pg_class
    where relkind = 'r' and relnamespace = current_schema()::regnamespace and relname ~ '^daily_blob_[0-9]{8}$'
    order by relname`;
}

/** The days whose tables hold any of these. */
export async function daysHolding(database: Database, hashes: readonly BlobHash[]): Promise<readonly BlobDay[]> {
  const holding: BlobDay[] = [];
  for (const { day } of await daysOf(database)) {
    const rows = await absentAsNone(
      database`
        select from ${database(tableOf(day))}
        where hash in (select decode(hash, 'hex') from unnest(${[...hashes]}::text[]) as asked (hash)) limit 1`,
    );
    if (rows.length > 0) holding.push(day);
  }
  return holding;
}

async function isThere(database: Database, day: BlobDay): Promise<boolean> {
  const [row] = await database<{ there: boolean }[]>`select to_regclass(${tableOf(day)}) is not null as there`;
  return row?.there === true;
}

async function getFrom(database: Database, hash: BlobHash, day: BlobDay): Promise<Uint8Array | undefined> {
  const [row] = await absentAsNone(
    database<{ size: number; bytes: Uint8Array }[]>`
      select size, bytes from ${database(tableOf(day))} where hash = ${Buffer.from(hash, "hex")}`,
  );
  return row && unpack(row.bytes, row.size);
}

/** So long writers of the day may have to wait for a drop that waits for a reader. */
const dropWaitMs = 1_000;

/** It waits for nobody for long: whoever wants the table meanwhile would wait behind it. */
async function drop(database: Database, day: BlobDay): Promise<boolean> {
  try {
    return (await database.begin(async (sql) => {
      await sql.unsafe(`set local lock_timeout = ${dropWaitMs}`);
      const [alone] = await sql<{ free: boolean }[]>`select pg_try_advisory_xact_lock(${backupLock}) as free`;
      if (alone?.free !== true) return false;
      await sql`drop table if exists ${sql(tableOf(day))}`;
      return true;
    })) as boolean;
  } catch (error) {
    if (codeOf(error) === lockNotAvailable) return false;
    throw error;
  }
}

/** Source: PostgreSQL documentation, Appendix A. */
const lockNotAvailable = "55P03";
const undefinedTable = "42P01";

/** A day whose table is not there, or no longer, holds nothing. */
async function absentAsNone<T>(rows: PromiseLike<readonly T[]>): Promise<readonly T[]> {
  try {
    return await rows;
  } catch (error) {
    if (codeOf(error) === undefinedTable) return [];
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  return (error as { readonly code?: unknown }).code;
}

const prefix = "daily_blob_";

/** The table of a day. */
export function tableOf(day: BlobDay): string {
  return `${prefix}${day.replaceAll("-", "")}`;
}

/** Whether a table is of a day, and must be made before its rows are restored. */
export function isDailyBlobTable(name: string): boolean {
  return name.startsWith(prefix);
}

/** Compressed where that is less. A message of 2 kB takes 0.03 ms and leaves half. */
function pack(bytes: Uint8Array): Uint8Array {
  const packed = zstdCompressSync(bytes);
  return packed.length < bytes.length ? packed : bytes;
}

/** What cannot be unpacked is returned as it is: whoever compares it with its hash sees that it is damaged. */
function unpack(stored: Uint8Array, size: number): Uint8Array {
  if (stored.length >= size) return stored;
  try {
    return zstdDecompressSync(stored, { maxOutputLength: size });
  } catch {
    return stored;
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}
