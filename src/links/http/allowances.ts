export interface AllowanceTerms {
  /** How many at once, after a pause. */
  readonly burst: number;
  readonly perSecond: number;
  /** Callers that are remembered; beyond it the one that came first is forgotten, and begins anew. */
  readonly callersMax: number;
}

interface Held {
  left: number;
  atMs: number;
}

/** What each caller may still do: an allowance that is used up comes back with time. */
export class Allowances {
  readonly #terms: AllowanceTerms;
  readonly #held = new Map<string, Held>();

  constructor(terms: AllowanceTerms) {
    this.#terms = terms;
  }

  get callers(): number {
    return this.#held.size;
  }

  /** Seconds until the caller may do one more, whole ones; 0 when they may now. */
  waitSeconds(caller: string, nowMs: number): number {
    const held = this.#held.get(caller);
    if (held === undefined) return 0;
    this.#fill(held, nowMs);
    return held.left >= 1 ? 0 : Math.ceil((1 - held.left) / this.#terms.perSecond);
  }

  /** Notes that the caller did one more, which they may be let do or not. */
  spend(caller: string, nowMs: number): void {
    let held = this.#held.get(caller);
    if (held === undefined) {
      this.#forgetOne();
      held = { left: this.#terms.burst, atMs: nowMs };
      this.#held.set(caller, held);
    }
    this.#fill(held, nowMs);
    held.left = Math.max(0, held.left - 1);
  }

  #fill(held: Held, nowMs: number): void {
    const { burst, perSecond } = this.#terms;
    held.left = Math.min(burst, held.left + ((nowMs - held.atMs) / 1_000) * perSecond);
    held.atMs = nowMs;
  }

  #forgetOne(): void {
    if (this.#held.size < this.#terms.callersMax) return;
    const [first] = this.#held.keys();
    if (first !== undefined) this.#held.delete(first);
  }
}
