import { busy, type Clock, failed, type Ids, limits, ok, type Problem, type Result } from "#kernel";
import type { Answer } from "../answer.ts";

/** What is worked out after the caller was told where to ask for it. */
export interface Deferred {
  readonly id: string;
  readonly owner: string;
  readonly startedMs: number;
  /** Undefined while it is being worked out. */
  readonly answer: Result<Answer> | undefined;
}

export interface Deferring {
  /** Who asked: nobody else is told of it. */
  readonly owner: string;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Told to stop when the caller has lost interest. */
  work(stop: AbortSignal): Promise<Result<Answer>>;
}

interface Kept extends Deferred {
  answer: Result<Answer> | undefined;
  readonly stop: AbortController;
}

/**
 * Answers for later, in the memory of this process: a restart forgets them, and what they have written stays. At most
 * `limits.deferredRunningMax` at work; finished ones are forgotten after `limits.deferredKeptMs`, the oldest earlier where
 * there are more than `limits.deferredKeptMax` or more text than `limits.deferredKeptCharactersMax`.
 */
export class DeferredAnswers {
  /** In the order of their start. */
  readonly #kept = new Map<string, Kept>();

  /** Its id. Problems: busy, code `deferred-full`. */
  start({ owner, clock, ids, work }: Deferring): Result<string> {
    this.#forget(clock.now());
    const running = [...this.#kept.values()].filter(({ answer }) => answer === undefined);
    if (running.length >= limits.deferredRunningMax) return failed(tooMany);
    const kept: Kept = {
      id: ids.next(),
      owner,
      startedMs: clock.now(),
      answer: undefined,
      stop: new AbortController(),
    };
    this.#kept.set(kept.id, kept);
    void work(kept.stop.signal).then((answer) => {
      kept.answer = answer;
      this.#forget(clock.now());
    });
    return ok(kept.id);
  }

  /** Undefined for one that is not there, is over, or is somebody else's. */
  find(id: string, { owner, clock }: Pick<Deferring, "owner" | "clock">): Deferred | undefined {
    this.#forget(clock.now());
    const kept = this.#kept.get(id);
    return kept?.owner === owner ? kept : undefined;
  }

  /** Stops it where it can be stopped, and forgets it. False where there is none. */
  cancel(id: string, asked: Pick<Deferring, "owner" | "clock">): boolean {
    if (this.find(id, asked) === undefined) return false;
    this.#kept.get(id)?.stop.abort();
    return this.#kept.delete(id);
  }

  #forget(nowMs: number): void {
    const finished = [...this.#kept.values()].filter(({ answer }) => answer !== undefined);
    let characters = 0;
    let count = 0;
    for (const { id, answer, startedMs } of finished.reverse()) {
      characters += charactersOf(answer);
      count += 1;
      const isOver = nowMs - startedMs > limits.deferredKeptMs || count > limits.deferredKeptMax;
      // The newest one stays, however long.
      const isTooMuch = characters > limits.deferredKeptCharactersMax && count > 1;
      if (isOver || isTooMuch) this.#kept.delete(id);
    }
  }
}

function charactersOf(answer: Result<Answer> | undefined): number {
  return answer?.ok ? (answer.value.body?.length ?? 0) : 0;
}

const tooMany: Problem = busy(
  "deferred-full",
  `Corridor works out ${limits.deferredRunningMax} answers for later at once. Try again in a moment.`,
);
