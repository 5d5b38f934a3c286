import postgres from "postgres";

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

const bigint = { to: 20, from: [20], parse: Number, serialize: String };

/** Opens lazily: the first query connects. `onnotice` is silenced; errors reach the caller of a query. */
export function openDatabase(target: ConnectionTarget, connectionsMax: number): Database {
  const options = {
    max: connectionsMax,
    onnotice: () => {},
    types: { bigint },
    connection: { application_name: "corridor" },
  };
  return "url" in target ? postgres(target.url, options) : postgres({ ...target, ...options });
}
