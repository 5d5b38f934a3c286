import type { Database } from "./database.ts";

/** So long after the last write nobody is taken to be writing. */
const quietMs = 250;

/** While somebody writes all the time, so often. */
const busyMs = 2_000;

/**
 * New keys wait in a list until there are many, as many are put in their places in the index for little more than a few. But
 * every search reads that list from end to end: half a millisecond when it is full. So it is emptied when nobody has written
 * for a moment, and now and then while they do.
 * Source: PostgreSQL documentation, "GIN Fast Update Technique".
 */
export class WaitingKeys {
  readonly #database: Database;
  #timer: NodeJS.Timeout | undefined;
  /** Of the writes since the list was emptied; 0 without any. */
  #firstMs = 0;
  #lastMs = 0;
  #emptying: Promise<unknown> = Promise.resolve();

  /** What was left by those who wrote before is found out soon, not at once: a start has other things to do. */
  constructor(database: Database) {
    this.#database = database;
    this.#arm(busyMs);
  }

  /** Documents were written. */
  written(): void {
    this.#lastMs = performance.now();
    if (this.#firstMs > 0) return;
    this.#firstMs = this.#lastMs;
    this.#arm(quietMs);
  }

  /** Empties the list if anything may be in it. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#firstMs > 0) this.#empty();
    await this.#emptying;
  }

  #arm(delayMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), delayMs).unref();
  }

  #look(): void {
    const nowMs = performance.now();
    const isOver = nowMs - this.#lastMs >= quietMs || nowMs - this.#firstMs >= busyMs;
    if (isOver) this.#empty();
    else this.#arm(quietMs);
  }

  /** When it fails the index is as right as before: PostgreSQL empties the list itself when it is full. */
  #empty(): void {
    this.#firstMs = 0;
    const statement = this.#database`select gin_clean_pending_list('document_by_key'::regclass)`;
    this.#emptying = statement.catch(() => {});
  }
}
