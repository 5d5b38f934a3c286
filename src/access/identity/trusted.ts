import { type Instant, limits } from "#kernel";
import type { Actor } from "../actor.ts";

export interface Trust {
  readonly actor: Actor;
  /** Whose session it is; for a token, its own id. */
  readonly userId: string;
  /** Until when the record need not be asked again. */
  readonly untilMs: number;
}

/**
 * Sessions and tokens that were just found valid, by the hash of their secret, so that a request does not wait for the
 * database to know its caller. What this process ends is forgotten at once; what another ends, within
 * `limits.sessionTrustMs`.
 */
export class Trusted {
  readonly #trusts = new Map<string, Trust>();

  get(id: string, now: Instant): Trust | undefined {
    const trust = this.#trusts.get(id);
    if (trust === undefined || now < trust.untilMs) return trust;
    this.#trusts.delete(id);
    return undefined;
  }

  set(id: string, trust: Trust): void {
    if (this.#trusts.size >= limits.trustedSessionsMax) {
      const [oldest] = this.#trusts.keys();
      if (oldest !== undefined) this.#trusts.delete(oldest);
    }
    this.#trusts.set(id, trust);
  }

  forget(id: string): void {
    this.#trusts.delete(id);
  }

  forgetUser(userId: string): void {
    for (const [id, trust] of this.#trusts) if (trust.userId === userId) this.#trusts.delete(id);
  }
}
