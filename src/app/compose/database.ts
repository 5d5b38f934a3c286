import { type Log, ok, type Problem, type Result } from "#kernel";
import { type ConnectionTarget, embeddedConnection, startEmbeddedPostgres } from "#storage/postgres";
import type { Config } from "../config.ts";

/** A database server that answers, ours or another's. */
export interface DatabaseServer {
  readonly target: ConnectionTarget;
  /** Resolves when an embedded server ends by itself; of an outside one, never. */
  readonly failure: Promise<Problem>;
  /** It is that of a Corridor that is running. */
  readonly isShared?: boolean;
  /** Stops an embedded server; leaves an outside one alone. */
  stop(): Promise<void>;
}

/** The server of `DATABASE_URL`, or the embedded one of the data folder, started. */
export async function startDatabase(config: Config, log: Log): Promise<Result<DatabaseServer>> {
  if (config.databaseUrl !== undefined) return ok(outsideServer({ url: config.databaseUrl }));
  const started = await startEmbeddedPostgres({ dataFolder: config.dataFolder, log });
  if (!started.ok) return started;
  const { connection, failure, stop } = started.value;
  return ok({ target: connection, failure, stop });
}

/** For commands beside a running Corridor: the server that it uses, or else one started for the command. */
export async function reachDatabase(config: Config, log: Log): Promise<Result<DatabaseServer>> {
  const started = await startDatabase(config, log);
  if (started.ok || started.problems[0].code !== "data-folder-in-use") return started;
  return ok({ ...outsideServer(await embeddedConnection(config.dataFolder)), isShared: true });
}

function outsideServer(target: ConnectionTarget): DatabaseServer {
  return { target, failure: new Promise(() => {}), stop: async () => {} };
}
