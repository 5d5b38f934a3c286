import { type Instant, instant, limits, type Problem, type SendOutcome } from "#kernel";
import type { RetrySettings } from "../../configuration/link-settings.ts";
import { wholeRetryMs } from "./retry.ts";

/**
 * Whether a destination takes messages at all. One that cannot be reached, or leaves several without an answer, is tried
 * with one message at a time, after growing pauses, until it answers: the others are not sent into the void.
 */
export class DestinationHealth {
  readonly #retry: RetrySettings;
  #unanswered = 0;
  #failures = 0;
  #since: Instant | undefined;
  #pausedUntil = 0;
  #isTold = false;
  #problem: Problem | undefined;

  constructor(retry: RetrySettings) {
    this.#retry = retry;
  }

  get isFailing(): boolean {
    return this.#failures > 0;
  }

  get problem(): Problem | undefined {
    return this.#problem;
  }

  get since(): Instant | undefined {
    return this.#since;
  }

  /** When it may be tried next. */
  get pausedUntilMs(): number {
    return this.#pausedUntil;
  }

  /** True when somebody is to be told now: it has failed for as long as a message would be tried. */
  note(outcome: SendOutcome, now: Instant): boolean {
    if (outcome.is === "accepted" || outcome.is === "refused") {
      this.#clear();
      return false;
    }
    this.#problem = outcome.problem;
    this.#since ??= now;
    this.#unanswered += 1;
    if (outcome.is === "unanswered" && this.#unanswered < limits.destinationUnansweredMax) return false;
    this.#failures += 1;
    const pauseMs = limits.destinationPauseFirstMs * 2 ** Math.min(this.#failures - 1, 20);
    this.#pausedUntil = instant(now + Math.min(pauseMs, limits.destinationPauseMaxMs));
    if (this.#isTold || now - this.#since < wholeRetryMs(this.#retry)) return false;
    this.#isTold = true;
    return true;
  }

  #clear(): void {
    this.#unanswered = 0;
    this.#failures = 0;
    this.#since = undefined;
    this.#pausedUntil = 0;
    this.#isTold = false;
    this.#problem = undefined;
  }
}
