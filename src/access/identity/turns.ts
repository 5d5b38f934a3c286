import { busy, failed, limits, type Result } from "#kernel";

/** Lets those who ask for the same thing have it one after another, so that guesses made at once are counted one by one. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();
  #waiting = 0;

  /** Problems: busy `sign-in-busy` when `limits.signInsWaitingMax` are under way, and those of the work. */
  async take<T>(name: string, work: () => Promise<Result<T>>): Promise<Result<T>> {
    if (this.#waiting >= limits.signInsWaitingMax) {
      return failed(busy("sign-in-busy", "Too many people are signing in at this moment. Try again in a minute."));
    }
    this.#waiting += 1;
    const turn = (this.#last.get(name) ?? Promise.resolve()).then(work, work);
    this.#last.set(name, turn);
    try {
      return await turn;
    } finally {
      this.#waiting -= 1;
      if (this.#last.get(name) === turn) this.#last.delete(name);
    }
  }
}
