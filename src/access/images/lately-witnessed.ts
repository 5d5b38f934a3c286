import { limits, type Result } from "#kernel";
import type { View } from "../narrow/view.ts";

/** What an entry of the log covers for a while: an actor's reading or sending of one study. */
export interface Stretch {
  readonly act: string;
  readonly about: string;
}

/**
 * A viewer reads a study in a thousand requests, and a modality sends it in as many. They are one access: it is entered when it
 * begins, durably and before the first answer, and again when it goes on for longer than `limits.imageAccessMs`.
 * Source: PS3.15 §A.5.3.3, §A.5.3.7 (one message for all instances of a study that are accessed or transferred together).
 */
export class LatelyWitnessed {
  readonly #until = new Map<string, { readonly untilMs: number; readonly noted: Promise<Result<unknown>> }>();

  /** Enters it unless that was done lately. The problem of the entry, where there is one: then nothing may be answered. */
  once(
    { actor, clock }: View,
    { act, about }: Stretch,
    enter: () => Promise<Result<unknown>>,
  ): Promise<Result<unknown>> {
    const key = [act, actor.reference, actor.via, actor.purpose, actor.remoteAddress ?? "", about].join("\n");
    const now = clock.now();
    const before = this.#until.get(key);
    if (before !== undefined && now < before.untilMs) return before.noted;
    const noted = enter();
    this.#until.delete(key);
    this.#until.set(key, { untilMs: now + limits.imageAccessMs, noted });
    this.#forget();
    void noted.then(({ ok }) => ok || this.#until.delete(key));
    return noted;
  }

  /** The oldest; what is forgotten is entered again. */
  #forget(): void {
    if (this.#until.size <= limits.imageAccessesRememberedMax) return;
    const [oldest] = this.#until.keys();
    if (oldest !== undefined) this.#until.delete(oldest);
  }
}
