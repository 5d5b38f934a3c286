import type { Position } from "../documents/document.ts";

/**
 * Where the feed ends. Each commit wakes everybody who follows the feed, and all ask at once: those who ask while one question
 * is on its way share the next, which knows all that was committed before any of them asked.
 */
export class FeedHead {
  readonly #read: () => Promise<Position>;
  #underWay: Promise<Position> | undefined;
  #next: Promise<Position> | undefined;

  constructor(read: () => Promise<Position>) {
    this.#read = read;
  }

  /** Rejects as the reading does. */
  position(): Promise<Position> {
    if (this.#underWay === undefined) return this.#ask();
    this.#next ??= this.#underWay.then(
      () => this.#askNext(),
      () => this.#askNext(),
    );
    return this.#next;
  }

  #askNext(): Promise<Position> {
    this.#next = undefined;
    return this.#ask();
  }

  #ask(): Promise<Position> {
    const asked = this.#read().finally(() => {
      if (this.#underWay === asked) this.#underWay = undefined;
    });
    this.#underWay = asked;
    return asked;
  }
}
