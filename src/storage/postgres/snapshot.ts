import type { Readable } from "node:stream";
import { backupLock, type ConnectionTarget, type DatabaseTransaction, openDatabase } from "./database.ts";

/** A table as it is copied: its columns in this order, a line a row. */
export interface SnapshotTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: number;
}

/** A counter behind an identity column: its value when the snapshot was taken. */
export interface SnapshotSequence {
  readonly name: string;
  readonly last: string;
}

/** The whole database at one moment, whatever is written meanwhile. */
export interface Snapshot {
  /** The newest migration that was applied. */
  readonly migration: number;
  /** The newest change of the feed. */
  readonly position: number;
  readonly auditHead: { readonly sequence: number; readonly hash: string };
  readonly tables: readonly SnapshotTable[];
  readonly sequences: readonly SnapshotSequence[];
  /** The rows of a table in PostgreSQL's text format for COPY. One table at a time. */
  copy(table: SnapshotTable): Promise<AsyncIterable<Uint8Array>>;
}

/** Takes a snapshot, and holds it while `work` reads from it. Writers are not held up. */
export async function withSnapshot<T>(target: ConnectionTarget, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  const database = openDatabase(target, 1);
  try {
    // For this connection, the only one: what the snapshot lists must still be there when it is read.
    await database`select pg_advisory_lock_shared(${backupLock})`;
    return (await database.begin("isolation level repeatable read read only", async (sql) =>
      work(await snapshotOf(sql)),
    )) as T;
  } finally {
    await database.end();
  }
}

async function snapshotOf(sql: DatabaseTransaction): Promise<Snapshot> {
  const [applied] = await sql<{ number: number }[]>`select max(number) as number from migration`;
  const [head] = await sql<{ position: number; sequence: number; hash: string }[]>`
    select position, audit_sequence as sequence, encode(audit_hash, 'hex') as hash from head`;
  if (applied === undefined || head === undefined) throw new Error("this is not a database of Corridor");
  return {
    migration: applied.number,
    position: head.position,
    auditHead: { sequence: head.sequence, hash: head.hash },
    tables: await tablesOf(sql),
    sequences: await sequencesOf(sql),
    copy: (table) => copyOut(sql, table),
  };
}

/** Every table but the list of migrations, which a restore writes itself. */
async function tablesOf(sql: DatabaseTransaction): Promise<readonly SnapshotTable[]> {
  const found = await sql<{ name: string; columns: string[] }[]>`
    select c.relname as name, json_agg(a.attname order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace and c.relname <> 'migration'
      and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    group by c.oid order by c.relname`;
  const tables: SnapshotTable[] = [];
  for (const { name, columns } of found) {
    const [counted] = await sql<{ rows: number }[]>`select count(*)::float8 as rows from ${sql(name)}`;
    tables.push({ name, columns, rows: counted?.rows ?? 0 });
  }
  return tables;
}

async function sequencesOf(sql: DatabaseTransaction): Promise<readonly SnapshotSequence[]> {
  return sql<SnapshotSequence[]>`
    select sequencename as name, last_value::text as last from pg_sequences
    where schemaname = current_schema() and last_value is not null order by 1`;
}

async function copyOut(sql: DatabaseTransaction, table: SnapshotTable): Promise<AsyncIterable<Uint8Array>> {
  const readable: Readable = await sql`copy ${sql(table.name)} (${sql(table.columns)}) to stdout`.readable();
  return wholeOf(readable);
}

/**
 * The driver stops reading its connection when much waits in the stream, and goes on when the stream asks for more. A stream
 * whose end came meanwhile asks no more, and the connection would be silent for ever.
 * Source: porsager/postgres, issue 499.
 */
async function* wholeOf(readable: Readable): AsyncGenerator<Uint8Array> {
  try {
    yield* readable;
  } finally {
    readable._read(0);
  }
}
