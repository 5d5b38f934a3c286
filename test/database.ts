/** Real databases for tests: `CORRIDOR_TEST_DATABASE_URL` names a server, otherwise each test process starts one. */
import { AsyncLocalStorage } from "node:async_hooks";
import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after } from "node:test";
import postgres from "postgres";
import { seal } from "#audit";
import { expectOk } from "#kernel";
import { migrations, openPostgres } from "#storage/postgres";
import { parseUrl, startTestServer, type TestConnection, type TestServer } from "./database-server.ts";

export { connectionUrl, type TestConnection } from "./database-server.ts";

let server: Promise<TestServer> | undefined;

interface Opened {
  readonly closing: (() => Promise<void>)[];
  readonly databases: string[];
}

const byProcess: Opened = { closing: [], databases: [] };
const byFile = new AsyncLocalStorage<Opened>();
const opened = () => byFile.getStore() ?? byProcess;

/** Loads a file of tests, within a `describe`: what it opens ends with it, though other files share its process. */
export async function loadTests(url: string): Promise<void> {
  const own: Opened = { closing: [], databases: [] };
  try {
    await byFile.run(own, () => import(url));
  } finally {
    after(() => end(own));
  }
}

async function end({ closing, databases }: Opened): Promise<void> {
  for (const close of closing.splice(0)) await close();
  if (server === undefined || databases.length === 0) return;
  await administer((await server).connection, async (sql) => {
    for (const database of databases.splice(0)) await sql.unsafe(`drop database if exists ${database} with (force)`);
  });
}

/** A database of its own, empty. Gone after the tests. */
export async function freshDatabase(): Promise<TestConnection> {
  server ??= startServer();
  return copyOf("template0", (await server).connection);
}

/** A database of its own with the tables that a record needs, all empty. Gone after the tests. */
export async function migratedDatabase(): Promise<TestConnection> {
  server ??= startServer();
  migrated ??= ensureMigrated((await server).connection);
  return copyOf(await migrated, (await server).connection);
}

let migrated: Promise<string> | undefined;

async function copyOf(template: string, connection: TestConnection): Promise<TestConnection> {
  const database = nameOf("test");
  await administer(connection, (sql) => sql.unsafe(`create database ${database} template ${template}`));
  opened().databases.push(database);
  return { ...connection, database };
}

function nameOf(purpose: string): string {
  return `${purpose}_${randomUUID().replaceAll("-", "")}`;
}

/** Made by the first process of a server that wants it: to migrate each of hundreds would take longer than to copy it. */
async function ensureMigrated(connection: TestConnection): Promise<string> {
  const texts = migrations().map(({ name }) => readFileSync(join(migrationsFolder, name)));
  const database = `migrated_${createHash("sha256").update(Buffer.concat(texts)).digest("hex").slice(0, 16)}`;
  await administer(connection, async (sql) => {
    await sql`select pg_advisory_lock(${templateLock})`; // until this connection ends
    const found = await sql`select 1 from pg_database where datname = ${database}`;
    if (found.length > 0) return;
    const target = { ...connection, database: nameOf("making") };
    await sql.unsafe(`create database ${target.database} template template0`);
    await expectOk(await openPostgres({ target, kinds: [], seal })).close();
    await sql.unsafe(`alter database ${target.database} rename to ${database}`);
  });
  return database;
}

const migrationsFolder = join(import.meta.dirname, "../src/storage/postgres/migrations");

/** Any number that no other program uses on this server. */
const templateLock = 74_309_002;

async function startServer(): Promise<TestServer> {
  const outside = process.env.CORRIDOR_TEST_DATABASE_URL;
  return outside === undefined ? startTestServer() : { connection: parseUrl(outside), stop: async () => {} };
}

async function administer(connection: TestConnection, work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres({ ...connection, max: 1, onnotice: () => {} });
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
}

/** Runs `close` after the tests, while the server still answers. */
export function beforeServerStops(close: () => Promise<void>): void {
  opened().closing.push(close);
}

/** Called after the tests; by a suite that runs outside them, at its end: else the process goes on. */
export async function stopTestDatabases(): Promise<void> {
  await end(byProcess);
  if (server !== undefined) await (await server).stop();
}

after(stopTestDatabases);
