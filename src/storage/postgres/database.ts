import { once } from "node:events";
import { createConnection, type Socket } from "node:net";
import postgres from "postgres";
import { arrayTypes } from "./array-types.ts";

/** A pool of connections. Whole numbers of 8 bytes arrive as numbers: positions and times stay below 2^53. */
export type Database = postgres.Sql<{ bigint: number }>;

export type DatabaseTransaction = postgres.TransactionSql<{ bigint: number }>;

/** An address as in DATABASE_URL, or the folder of a Unix socket with a database and a user name. */
export type ConnectionTarget =
  | { readonly url: string }
  | {
      readonly host: string;
      readonly port?: number;
      readonly database: string;
      readonly username: string;
      readonly password?: string;
    };

/** Held, shared, while a backup reads; whoever takes tables away does so only alone. Any number that no other program uses. */
export const backupLock = 74_309_003;

const bigint = { to: 20, from: [20], parse: Number, serialize: String };

/**
 * Every statement of ours has its index. A plan is kept for as long as its connection lives, and one made while a table
 * was empty would read the whole of it, and of what it joins, for ever after; these rule such plans out.
 */
const planning = { enable_seqscan: "off", enable_hashjoin: "off", enable_mergejoin: "off" };

const options = {
  onnotice: () => {},
  fetch_types: false,
  types: { bigint, ...arrayTypes },
  connection: { application_name: "corridor", ...planning },
};

/** Opens lazily: the first query connects, and connects again after a loss. Errors reach the caller of a query. */
export function openDatabase(target: ConnectionTarget, connectionsMax: number): Database {
  return connect(target, { ...options, max: connectionsMax });
}

/**
 * For searches: a key of one patient and a key of half the hospital want other plans, so each run is planned anew. A
 * statement that takes too long is cancelled by the database itself.
 */
export function openForSearches(target: ConnectionTarget, connectionsMax: number, timeMsMax: number): Database {
  const connection = {
    ...options.connection,
    plan_cache_mode: "force_custom_plan",
    statement_timeout: timeMsMax,
  };
  return connect(target, { ...options, connection, max: connectionsMax });
}

/** Left to itself, PostgreSQL plans a statement with lists anew at each run, as it takes ten items for dear. */
const plannedOnce = { plan_cache_mode: "force_generic_plan" };

/** Two cores work on two statements; what is asked meanwhile goes out behind them, several in one call. */
const steadyConnections = 2;

/**
 * For statements of which one plan is the best, whatever their values: they are planned once, not at each run. None of them
 * takes long, as each begins with few rows, so that they may wait for one another.
 */
export function openSteady(target: ConnectionTarget, timeMsMax: number): Database {
  const connection = {
    ...options.connection,
    ...plannedOnce,
    statement_timeout: timeMsMax,
  };
  return connect(target, { ...options, connection, max: steadyConnections });
}

/** One connection, which is never made anew. */
export interface OnceDatabase {
  readonly sql: Database;
  /**
   * Rejects when the connection is lost, or could not be made. What waits for an answer must wait for this too: the driver
   * leaves queries that it had not sent yet without one.
   */
  readonly lost: Promise<never>;
  /** Waits so long for what is under way. The driver would leave a connection open that is only being made. */
  close(patienceSeconds: number): Promise<void>;
}

/**
 * One connection that, once lost, stays lost: every later query fails. Whoever holds a transaction open on it can so be
 * sure that none of its statements runs outside of it, on a connection made anew.
 */
export function openOnce(target: ConnectionTarget): OnceDatabase {
  const { promise: lost, reject: lose } = Promise.withResolvers<never>();
  lost.catch(() => {}); // it is nobody's fault when nothing waits
  let isSpent = false;
  let opened: Socket | undefined;
  const socket = async ({ path, host, port }: SocketOptions) => {
    if (isSpent) {
      const error = new ConnectionLost();
      lose(error);
      throw error;
    }
    isSpent = true;
    opened = path ? createConnection(path) : createConnection(port[0] ?? 5432, host[0]);
    opened.once("close", () => lose(new ConnectionLost()));
    await once(opened, "connect");
    return gathering(opened);
  };
  const connection = { ...options.connection, ...plannedOnce };
  const sql = connect(target, { ...options, connection, max: 1, socket } as typeof options & { max: number });
  const close = async (patienceSeconds: number) => {
    await sql.end({ timeout: patienceSeconds });
    isSpent = true;
    opened?.destroy();
  };
  return { sql, lost, close };
}

class ConnectionLost extends Error {
  readonly code = "CONNECTION_LOST";

  constructor() {
    super("the connection to the database was lost");
  }
}

/** What is written in one turn goes out in one call: the driver writes each statement of a batch by itself. */
function gathering(socket: Socket): Socket {
  const write = socket.write;
  socket.write = function gatheredWrite(...given: Parameters<Socket["write"]>) {
    if (socket.writableCorked === 0) {
      socket.cork();
      process.nextTick(() => socket.uncork());
    }
    return write.apply(socket, given);
  } as Socket["write"];
  return socket;
}

/** What the driver gives the maker of a socket. */
interface SocketOptions {
  readonly path?: string | false;
  readonly host: readonly string[];
  readonly port: readonly number[];
}

function connect(target: ConnectionTarget, settings: typeof options & { max: number }): Database {
  return "url" in target ? postgres(target.url, settings) : postgres({ ...target, ...settings });
}
