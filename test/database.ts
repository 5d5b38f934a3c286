/** Real databases for tests: `CORRIDOR_TEST_DATABASE_URL` names a server, otherwise each test process starts one. */
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import postgres from "postgres";
import { expectOk, silentLog } from "#kernel";
import { startEmbeddedPostgres } from "#storage/postgres";

/** What the `postgres` driver needs to connect. */
export interface TestConnection {
  /** An address, or the folder of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly username: string;
  readonly password?: string;
}

interface TestServer {
  readonly connection: TestConnection;
  stop(): Promise<void>;
}

let server: Promise<TestServer> | undefined;
const made: TestConnection[] = [];

/** A database of its own, empty, or a copy of `template` (a database nobody is connected to). Gone after the tests. */
export async function freshDatabase(template?: TestConnection): Promise<TestConnection> {
  server ??= startServer();
  const { connection } = await server;
  const database = `test_${randomUUID().replaceAll("-", "")}`;
  await administer(connection, (sql) =>
    sql.unsafe(`create database ${database} template ${template?.database ?? "template0"} strategy file_copy`),
  );
  const fresh = { ...connection, database };
  made.push(fresh);
  return fresh;
}

/** The address in the form of `DATABASE_URL`. */
export function connectionUrl({ host, port, database, username, password }: TestConnection): string {
  const secret = password === undefined ? "" : `:${encodeURIComponent(password)}`;
  const user = encodeURIComponent(username) + secret;
  return host.startsWith("/")
    ? `postgres://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`
    : `postgres://${user}@${host}:${port}/${database}`;
}

function parseUrl(text: string): TestConnection {
  const url = new URL(text);
  return {
    host: url.searchParams.get("host") ?? url.hostname,
    port: Number(url.port || 5432),
    database: decodeURIComponent(url.pathname.slice(1)) || "postgres",
    username: decodeURIComponent(url.username) || "postgres",
    ...(url.password === "" ? {} : { password: decodeURIComponent(url.password) }),
  };
}

async function startServer(): Promise<TestServer> {
  const outside = process.env.CORRIDOR_TEST_DATABASE_URL;
  if (outside !== undefined) {
    const connection = parseUrl(outside);
    return { connection, stop: () => dropAll(connection) };
  }
  return startTestServer();
}

/** A server of its own in a temporary folder, without care for power cuts. */
export async function startTestServer(): Promise<TestServer> {
  const dataFolder = await mkdtemp(join(tmpdir(), "corridor-test-"));
  const started = expectOk(await startEmbeddedPostgres({ dataFolder, log: silentLog, durable: false }));
  return {
    connection: started.connection,
    stop: async () => {
      await started.stop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

async function dropAll(connection: TestConnection): Promise<void> {
  await administer(connection, async (sql) => {
    for (const { database } of made) await sql.unsafe(`drop database if exists ${database} with (force)`);
  });
}

async function administer(connection: TestConnection, work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres({ ...connection, max: 1, onnotice: () => {} });
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
}

const closing: (() => Promise<void>)[] = [];

/** Runs `close` after the tests, while the server still answers. */
export function beforeServerStops(close: () => Promise<void>): void {
  closing.push(close);
}

after(async () => {
  for (const close of closing) await close();
  if (server !== undefined) await (await server).stop();
});
