import type { Database } from "./database.ts";

/** A statement put together from parts. Values are only ever bound, never spliced. */
export class SqlText {
  readonly #values: unknown[] = [];

  /** The placeholder of a value, with its type: `$3::bigint`. */
  bind(value: unknown, type: string): string {
    this.#values.push(storable(value));
    return `$${this.#values.length}::${type}`;
  }

  /** Runs as a prepared statement. */
  async run<Row extends object>(database: Database, text: string): Promise<readonly Row[]> {
    return database.unsafe<Row[]>(text, this.#values as never[], { prepare: true });
  }
}

/** PostgreSQL's text has no NUL; what is stored has a space in its place. */
function storable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(storable);
  return typeof value === "string" && value.includes("\0") ? value.replaceAll("\0", " ") : value;
}
