import { setTimeout as passed } from "node:timers/promises";
import type { Clock, Log } from "#kernel";
import { type Door, laboratorySender, outgoing } from "../fill.ts";
import { randomOf, seedOf } from "../random.ts";
import type { Story } from "../story/story.ts";
import { liveMessages } from "./live-messages.ts";

export interface LaboratoryNeeds {
  /** Those in a ward. */
  readonly stories: readonly Story[];
  readonly mllp: Door;
  readonly clock: Clock;
  readonly log: Log;
  /** The pauses between two messages. */
  readonly pauseMs?: readonly [shortest: number, longest: number];
}

export interface Laboratory {
  stop(): Promise<void>;
}

/** A result each 5 to 15 seconds. */
export const usualPauseMs = [5_000, 15_000] as const;

/** A laboratory that sends over MLLP until it is stopped; with nobody in a ward it has nothing to send. */
export function startLaboratory(needs: LaboratoryNeeds): Laboratory {
  const closing = new AbortController();
  const sender = laboratorySender(needs.mllp, 1, needs.log);
  const ended = needs.stories.length === 0 ? Promise.resolve() : sendUntil(closing.signal);

  async function sendUntil(signal: AbortSignal): Promise<void> {
    const startedMs = needs.clock.now();
    const random = randomOf(seedOf("laboratory", startedMs));
    const messages = liveMessages({ stories: needs.stories, startedMs, random });
    for (;;) {
      await passed(random.between(...(needs.pauseMs ?? usualPauseMs)), undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      const message = messages.next(needs.clock.now());
      const { kind, meant, controlId } = message;
      const outcome = await sender.send(outgoing(message), signal);
      if (signal.aborted) return;
      if (outcome.is === "unanswered" || outcome.is === "unreachable") {
        needs.log.warn("demo-laboratory-unanswered", { kind, controlId, code: outcome.problem.code });
      } else if ((outcome.is === "accepted") !== (meant === "taken")) {
        needs.log.warn("demo-laboratory-surprised", { kind, controlId });
      }
    }
  }

  return {
    async stop() {
      closing.abort();
      await sender.close();
      await ended;
    },
  };
}
