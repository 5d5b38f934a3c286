/** A PostgreSQL server for tests. Imports nothing of `node:test`, so that `test/run.ts` is not taken for a test itself. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

export interface TestServer {
  readonly connection: TestConnection;
  stop(): Promise<void>;
}

/** The address in the form of `DATABASE_URL`. */
export function connectionUrl({ host, port, database, username, password }: TestConnection): string {
  const secret = password === undefined ? "" : `:${encodeURIComponent(password)}`;
  const user = encodeURIComponent(username) + secret;
  return host.startsWith("/")
    ? `postgres://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`
    : `postgres://${user}@${host}:${port}/${database}`;
}

export function parseUrl(text: string): TestConnection {
  const url = new URL(text);
  return {
    host: url.searchParams.get("host") ?? url.hostname,
    port: Number(url.port || 5432),
    database: decodeURIComponent(url.pathname.slice(1)) || "postgres",
    username: decodeURIComponent(url.username) || "postgres",
    ...(url.password === "" ? {} : { password: decodeURIComponent(url.password) }),
  };
}

/** A server of its own in a temporary folder, without care for power cuts. */
export async function startTestServer(): Promise<TestServer> {
  const dataFolder = await mkdtemp(join(tmpdir(), "corridor-test-"));
  const started = expectOk(await startEmbeddedPostgres({ dataFolder, log: silentLog, durable: false }));
  return {
    connection: started.connection,
    stop: async () => {
      await started.stop();
      await rm(dataFolder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
    },
  };
}
