import { limits } from "#kernel";
import { type Attempts, noAttempts } from "./attempts.ts";

/**
 * Failed sign-ins under names that have no account, counted like those that have one, so that a lock does not tell
 * which names exist. In memory only: there is no account to write it to.
 */
export class Strangers {
  readonly #attempts = new Map<string, Attempts>();

  get(username: string): Attempts {
    return this.#attempts.get(username) ?? noAttempts;
  }

  set(username: string, attempts: Attempts): void {
    this.#attempts.delete(username);
    this.#attempts.set(username, attempts);
    if (this.#attempts.size <= limits.strangersMax) return;
    const [oldest] = this.#attempts.keys();
    if (oldest !== undefined) this.#attempts.delete(oldest);
  }
}
