import { once } from "node:events";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { conflict, failed, ok, type Result } from "#kernel";
import { isDailyBlobTable } from "./daily-blobs.ts";
import { type ConnectionTarget, type DatabaseTransaction, openDatabase } from "./database.ts";
import { applyMigrations, migrations } from "./migrate.ts";
import type { Snapshot, SnapshotTable } from "./snapshot.ts";

/** Where the tables of a snapshot go. */
export interface SnapshotTarget {
  /** Appends rows, in the format that `Snapshot.copy` gives them. */
  fill(table: Pick<SnapshotTable, "name" | "columns">, rows: AsyncIterable<Uint8Array>): Promise<void>;
}

/**
 * Makes the tables of a snapshot in an empty database and lets `work` fill them: all in one transaction, so that a
 * restore that fails leaves the database empty. Problems: `database-not-empty`, `backup-newer`, and those of `work`.
 */
export async function restoreDatabase(
  target: ConnectionTarget,
  snapshot: RestoredSnapshot,
  work: (target: SnapshotTarget) => Promise<Result<void>>,
): Promise<Result<void>> {
  const newest = migrations().at(-1)?.number ?? 0;
  if (snapshot.migration > newest) return failed(backupNewer(snapshot.migration, newest));
  const database = openDatabase(target, 1);
  let result: Result<void> = ok(undefined);
  try {
    await database.begin(async (sql) => {
      result = await restoreInto(sql, snapshot, work);
      if (!result.ok) throw new Undone();
    });
    await database`analyze`;
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
  } finally {
    await database.end();
  }
  return result;
}

export type RestoredSnapshot = Pick<Snapshot, "migration" | "sequences"> & {
  readonly tables: readonly Pick<SnapshotTable, "name">[];
};

/** Undoes the transaction; what went wrong is in the result. */
class Undone extends Error {}

async function restoreInto(
  sql: DatabaseTransaction,
  snapshot: RestoredSnapshot,
  work: (target: SnapshotTarget) => Promise<Result<void>>,
): Promise<Result<void>> {
  const [found] = await sql`select 1 from pg_class where relnamespace = current_schema()::regnamespace limit 1`;
  if (found !== undefined) return failed(notEmpty);
  await applyMigrations(sql, snapshot.migration);
  for (const { name } of snapshot.tables.filter(({ name }) => isDailyBlobTable(name))) {
    await sql`create table ${sql(name)} (like daily_blob including all)`;
  }
  await emptyTables(sql);
  const filled = await work({ fill: (table, rows) => fill(sql, table, rows) });
  if (!filled.ok) return filled;
  for (const { name, last } of snapshot.sequences) await sql`select setval(${name}::regclass, ${last}::bigint)`;
  return ok(undefined);
}

/** Migrations put first rows into some tables; the snapshot holds what became of them. */
async function emptyTables(sql: DatabaseTransaction): Promise<void> {
  const tables = await sql<{ relname: string }[]>`
    select relname from pg_class
    where relkind = 'r' and relnamespace = current_schema()::regnamespace and relname <> 'migration'`;
  await sql`truncate ${sql(tables.map(({ relname }) => relname))}`;
}

async function fill(
  sql: DatabaseTransaction,
  table: Pick<SnapshotTable, "name" | "columns">,
  rows: AsyncIterable<Uint8Array>,
): Promise<void> {
  const writable: Writable = await sql`copy ${sql(table.name)} (${sql(table.columns)}) from stdin`.writable();
  for await (const chunk of rows) if (!writable.write(chunk)) await once(writable, "drain");
  writable.end();
  await finished(writable);
}

const notEmpty = conflict("database-not-empty", "The database is not empty: restore into an empty one.");

function backupNewer(migration: number, newest: number) {
  return conflict(
    "backup-newer",
    `The backup is of a newer Corridor (migration ${migration}, this one knows ${newest}): restore it with the newer Corridor.`,
  );
}
