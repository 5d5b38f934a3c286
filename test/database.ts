/** Real databases for tests: `CORRIDOR_TEST_DATABASE_URL` names a server, otherwise each test process starts one. */
import { randomUUID } from "node:crypto";
import { after } from "node:test";
import postgres from "postgres";
import { parseUrl, startTestServer, type TestConnection, type TestServer } from "./database-server.ts";

export { connectionUrl, type TestConnection } from "./database-server.ts";

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

async function startServer(): Promise<TestServer> {
  const outside = process.env.CORRIDOR_TEST_DATABASE_URL;
  if (outside !== undefined) {
    const connection = parseUrl(outside);
    return { connection, stop: () => dropAll(connection) };
  }
  return startTestServer();
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
