/** Work that goes on beside its caller, within a bound on how much of it there is. */
export class InFlight {
  readonly #max: number;
  readonly #under = new Set<Promise<void>>();
  readonly #abandoned = Promise.withResolvers<void>();
  #isAbandoned = false;
  #amount = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** Resolves once the work has begun, which is when there is room for it. What it throws, `done` throws. */
  async begin(amount: number, work: () => Promise<void>): Promise<void> {
    while (!this.#isAbandoned && this.#amount > 0 && this.#amount + amount > this.#max) {
      await Promise.race([...this.#under, this.#abandoned.promise]);
    }
    if (this.#isAbandoned) return;
    this.#amount += amount;
    const running: Promise<void> = work().finally(() => {
      this.#amount -= amount;
      this.#under.delete(running);
    });
    // Whoever waits for all of it sees the failure; until then it is not unhandled.
    running.catch(() => {});
    this.#under.add(running);
  }

  /** Resolves when nothing is under way, or it was abandoned. */
  async done(): Promise<void> {
    await Promise.race([Promise.all(this.#under), this.#abandoned.promise]);
  }

  /** Begins nothing any more, and waits for nothing: a database that is gone may never answer what was asked of it. */
  abandon(): void {
    this.#isAbandoned = true;
    this.#abandoned.resolve();
  }
}
