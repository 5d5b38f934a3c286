import type { Database } from "./database.ts";

/** The one connection that writes. After any failure it is thrown away, and with it what it had begun. */
export class Writer {
  readonly #open: () => Database;
  #database: Database;

  constructor(open: () => Database) {
    this.#open = open;
    this.#database = open();
  }

  async use<T>(work: (database: Database) => Promise<T>): Promise<T> {
    const database = this.#database;
    try {
      return await work(database);
    } catch (error) {
      if (this.#database === database) this.#database = this.#open();
      await database.end({ timeout: 0 }).catch(() => {});
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#database.end({ timeout: 5 });
  }
}
