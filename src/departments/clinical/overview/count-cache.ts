import { limits } from "#kernel";

/**
 * Counts of what can no longer change, so that a page of figures asks the record only for the minute under way. The oldest
 * are forgotten beyond `limits.figureCountsMax`, and asked for again.
 */
export class CountCache {
  readonly #counts = new Map<string, number>();

  get(key: string): number | undefined {
    return this.#counts.get(key);
  }

  set(key: string, count: number): void {
    this.#counts.set(key, count);
    const [oldest] = this.#counts.keys();
    if (this.#counts.size > limits.figureCountsMax && oldest !== undefined) this.#counts.delete(oldest);
  }
}
