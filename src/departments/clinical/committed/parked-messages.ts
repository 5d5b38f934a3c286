import { type Log, limits } from "#kernel";

/** Messages that could not be mapped and are tried again, each with a pause of its own. */
export class ParkedMessages {
  readonly #log: Log;
  readonly #attempts = new Map<string, number>();

  constructor(log: Log) {
    this.#log = log;
  }

  get size(): number {
    return this.#attempts.size;
  }

  /** How long to wait before it is tried again: twice as long each time. */
  add(id: string, link: string, error: unknown): number {
    const attempt = (this.#attempts.get(id) ?? 0) + 1;
    this.#attempts.set(id, attempt);
    const pauseMs = Math.min(limits.mappingRetryFirstMs * 2 ** Math.min(attempt - 1, 20), limits.mappingRetryMaxMs);
    this.#log.warn("a message is not mapped yet, and what must not overtake it waits", {
      link,
      message: id,
      attempt,
      pauseMs,
      error: error instanceof Error ? error : undefined,
    });
    return pauseMs;
  }

  delete(id: string): void {
    this.#attempts.delete(id);
  }

  clear(): void {
    this.#attempts.clear();
  }
}
