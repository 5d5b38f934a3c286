import { readdirSync, readFileSync } from "node:fs";
import { conflict, failed, ok, type Result } from "#kernel";
import type { Database, DatabaseTransaction } from "./database.ts";

/** Any number that no other program uses on this database. */
const migrationLock = 74_309_001;

const folder = new URL("./migrations/", import.meta.url);

interface Migration {
  readonly number: number;
  readonly name: string;
}

/** The numbered files, in order: `0001-record.sql`, … */
export function migrations(): readonly Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort()
    .map((name) => ({ number: Number.parseInt(name, 10), name }));
}

/**
 * Brings the database to this program's version, forward only, all missing files or none, under a lock,
 * so that several processes may start together. Returns how many files were applied.
 * Problems: conflict `database-newer` when a newer Corridor has already changed it.
 */
export async function migrate(database: Database): Promise<Result<number>> {
  const known = migrations();
  return database.begin(async (sql) => {
    await sql`select pg_advisory_xact_lock(${migrationLock})`;
    const newest = await newestApplied(sql);
    const newestKnown = known.at(-1)?.number ?? 0;
    if (newest > newestKnown) return failed(databaseNewer(newest));
    return ok(await applyMigrations(sql, newestKnown));
  }) as Promise<Result<number>>;
}

/** Applies the files that are missing up to a number, in the transaction given. Returns how many there were. */
export async function applyMigrations(sql: DatabaseTransaction, upTo: number): Promise<number> {
  const newest = await newestApplied(sql);
  const missing = migrations().filter(({ number }) => number > newest && number <= upTo);
  for (const { number, name } of missing) {
    await sql.unsafe(readFileSync(new URL(name, folder), "utf8"));
    await sql`insert into migration (number, name) values (${number}, ${name})`;
  }
  return missing.length;
}

async function newestApplied(sql: DatabaseTransaction): Promise<number> {
  await sql`create table if not exists migration (
    number integer primary key, name text not null, applied_at timestamptz not null default now())`;
  const [newest] = await sql<{ number: number | null }[]>`select max(number) as number from migration`;
  return newest?.number ?? 0;
}

function databaseNewer(newest: number) {
  return conflict(
    "database-newer",
    `The database is at migration ${newest}, newer than this program. Start the newer Corridor, or restore a backup made by this one.`,
  );
}
