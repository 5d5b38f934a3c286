import type { Log, Result } from "#kernel";
import type { ShutdownStack } from "./shutdown-stack.ts";

export interface Rounds {
  /** For the log: `retention`. */
  readonly name: string;
  readonly firstMs: number;
  /** From the end of a round to the next. */
  readonly everyMs: number;
  /** What fails is tried again in the next round; a conflict means that another process has done it. */
  round(): Promise<Result<unknown>>;
}

/** Does something again and again until the stack is closed, which waits for the round under way. */
export function openRounds({ name, firstMs, everyMs, round }: Rounds, { log, stack }: RoundsNeeds): void {
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const once = async () => {
    try {
      const done = await round();
      if (done.ok || done.problems[0].category === "conflict") return;
      log.warn("a round failed", { name, reason: done.problems[0].code });
    } catch (error) {
      log.error("a round failed", { name, ...(error instanceof Error ? { error } : {}) });
    }
  };
  const again = (afterMs: number) => {
    if (isClosed) return;
    timer = setTimeout(() => {
      running = once().finally(() => again(everyMs));
    }, afterMs).unref();
  };
  again(firstMs);
  stack.defer(name, async () => {
    isClosed = true;
    clearTimeout(timer);
    await running;
  });
}

export interface RoundsNeeds {
  readonly log: Log;
  /** They end with this. */
  readonly stack: ShutdownStack;
}
