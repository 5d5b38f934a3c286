import { mkdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import postgres from "postgres";
import { failed, type Log, ok, type Problem, type Result, unavailable } from "#kernel";
import { databaseAccount } from "./account.ts";
import { serverBinaries } from "./binaries.ts";
import { ensureCluster } from "./cluster.ts";
import { lockFolder } from "./folder-lock.ts";
import { stopOrphan } from "./orphan.ts";
import { type ServerOptions, startServer } from "./server.ts";
import { ensureSocketFolder, socketFolder, socketPort } from "./socket-folder.ts";

export interface EmbeddedPostgresOptions {
  /** Corridor's data folder; the database lives in `postgres` below it. Made when absent. */
  readonly dataFolder: string;
  readonly log: Log;
  /** False for tests: faster, and loses data when the machine stops. Default true. */
  readonly durable?: boolean;
}

export interface EmbeddedConnection {
  /** The folder of the Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly username: string;
}

export interface EmbeddedPostgres {
  readonly connection: EmbeddedConnection;
  /** Resolves when the server ends without having been asked to; Corridor cannot go on then. */
  readonly failure: Promise<Problem>;
  /** Stops the server and frees the folder. */
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL server of a data folder, and makes its database at the first start. The server lives and
 * dies with this process. Problems say in one line what to do; all are of the category unavailable or conflict.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<Result<EmbeddedPostgres>> {
  try {
    await mkdir(options.dataFolder, { recursive: true });
    const dataFolder = await realpath(options.dataFolder);
    const lock = await lockFolder(dataFolder);
    if (!lock.ok) return lock;
    const started = await startLocked(dataFolder, options).catch((error: Error) => failed(unusable(error)));
    if (!started.ok) await lock.value.release();
    return started.ok ? ok(withRelease(started.value, lock.value.release)) : started;
  } catch (error) {
    return failed(unusable(error as Error));
  }
}

/** How to reach the embedded server of a data folder that another process has started. */
export async function embeddedConnection(dataFolder: string): Promise<EmbeddedConnection> {
  return connectionTo(await realpath(dataFolder));
}

function connectionTo(dataFolder: string): EmbeddedConnection {
  const host = socketFolder(join(dataFolder, "postgres"));
  return { host, port: socketPort, database: "corridor", username: "corridor" };
}

async function startLocked(dataFolder: string, options: EmbeddedPostgresOptions): Promise<Result<EmbeddedPostgres>> {
  const folder = join(dataFolder, "postgres");
  const account = await databaseAccount(folder);
  if (!account.ok) return account;
  const binaries = await serverBinaries(account.value);
  if (!binaries.ok) return binaries;
  const orphan = await stopOrphan(folder);
  if (!orphan.ok) return orphan;
  const cluster = {
    folder,
    binaries: binaries.value.folder,
    account: account.value,
    durable: options.durable ?? true,
  };
  const made = await ensureCluster(cluster, binaries.value.major);
  if (!made.ok) return made;
  return startOn({ ...cluster, socketFolder: socketFolder(folder), log: options.log }, connectionTo(dataFolder));
}

async function startOn(options: ServerOptions, connection: EmbeddedConnection): Promise<Result<EmbeddedPostgres>> {
  if (options.socketFolder !== options.folder) {
    const socket = await ensureSocketFolder(options.socketFolder, options.account);
    if (!socket.ok) return socket;
  }
  const server = await startServer(options);
  if (!server.ok) return server;
  await ensureDatabase(connection);
  return ok({ connection, failure: server.value.failure, stop: server.value.stop });
}

async function ensureDatabase(connection: EmbeddedConnection): Promise<void> {
  const sql = postgres({ ...connection, database: "postgres", max: 1 });
  try {
    const found = await sql`select 1 from pg_database where datname = ${connection.database}`;
    if (found.length === 0) await sql`create database ${sql(connection.database)}`;
  } finally {
    await sql.end();
  }
}

function withRelease(started: EmbeddedPostgres, release: () => Promise<void>): EmbeddedPostgres {
  return { ...started, stop: () => started.stop().finally(release) };
}

function unusable(error: Error) {
  const { code, path } = error as NodeJS.ErrnoException;
  const remedy = "choose a folder you may write to with CORRIDOR_DATA, or set DATABASE_URL";
  return unavailable(
    "database-folder-unusable",
    `The database cannot use ${path ?? "its folder"} (${code ?? error.message}): ${remedy}.`,
    {
      cause: error,
    },
  );
}
