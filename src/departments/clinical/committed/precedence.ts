import { limits } from "#kernel";

/** When messages are mapped beside those that come in: a sender waits for the commit, and for the mapping nobody. */
export class Precedence {
  readonly #nowMs: () => number;
  #keeping = 0;
  #keptAtMs = Number.NEGATIVE_INFINITY;
  #mappedAtMs = Number.NEGATIVE_INFINITY;

  /** `nowMs` only ever grows. */
  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** While `work` goes on, a sender waits. */
  async keeping<T>(work: () => Promise<T>): Promise<T> {
    this.#keeping += 1;
    try {
      return await work();
    } finally {
      this.#keeping -= 1;
      this.#keptAtMs = this.#nowMs();
    }
  }

  /**
   * Takes a turn for one more message beside those that are being mapped, or none now: as many as the machine has use for while
   * nothing comes in, and one from time to time while something does, so that none waits for ever. What has none asks again
   * after `limits.intakeQuietMs`.
   */
  takeTurn(underWay: number): boolean {
    const now = this.#nowMs();
    const isQuiet = this.#keeping === 0 && now - this.#keptAtMs >= limits.intakeQuietMs;
    const isDue = underWay === 0 && now - this.#mappedAtMs >= limits.mappingBesideIntakeMs;
    if (!isQuiet && !isDue) return false;
    this.#mappedAtMs = now;
    return true;
  }
}
