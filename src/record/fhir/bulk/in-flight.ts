/** Work that goes on beside its caller, within a bound on how much of it there is. */
export class InFlight {
  readonly #max: number;
  readonly #under = new Set<Promise<void>>();
  #amount = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** Resolves once the work has begun, which is when there is room for it; what it throws, the next call throws. */
  async begin(amount: number, work: () => Promise<void>): Promise<void> {
    while (this.#amount > 0 && this.#amount + amount > this.#max) await Promise.race(this.#under);
    this.#amount += amount;
    const running: Promise<void> = work().finally(() => {
      this.#amount -= amount;
      this.#under.delete(running);
    });
    // Whoever waits for all of it sees the failure; until then it is not unhandled.
    running.catch(() => {});
    this.#under.add(running);
  }

  /** Resolves when nothing is under way. */
  async done(): Promise<void> {
    await Promise.all(this.#under);
  }
}
