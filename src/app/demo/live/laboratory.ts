import { setTimeout as passed } from "node:timers/promises";
import type { Clock, Log } from "#kernel";
import { randomOf, seedOf } from "../random.ts";
import { type Doors, hospitalSenders } from "../set-up/senders.ts";
import type { Story } from "../story/story.ts";
import { type LiveKind, liveMessages } from "./live-messages.ts";

export interface LaboratoryNeeds {
  /** Those in a ward. */
  readonly stories: readonly Story[];
  readonly doors: Doors;
  readonly clock: Clock;
  readonly log: Log;
  /** What is sent at once, before the usual comes by chance. */
  readonly first: readonly LiveKind[];
  /** The pauses between two messages. */
  readonly pauseMs?: readonly [shortest: number, longest: number];
}

export interface Laboratory {
  stop(): Promise<void>;
}

/** A message each 5 to 15 seconds. */
export const usualPauseMs = [5_000, 15_000] as const;

const firstPauseMs = [100, 300] as const;

/** The hospital's systems, which send over MLLP until they are stopped; with nobody in a ward they have nothing to send. */
export function startLaboratory(needs: LaboratoryNeeds): Laboratory {
  const closing = new AbortController();
  const sender = hospitalSenders(needs.doors, 1, needs.log);
  const ended = needs.stories.length === 0 ? Promise.resolve() : sendUntil(closing.signal);

  async function sendUntil(signal: AbortSignal): Promise<void> {
    const startedMs = needs.clock.now();
    const random = randomOf(seedOf("laboratory", startedMs));
    const messages = liveMessages({ stories: needs.stories, startedMs, random });
    const first = [...needs.first];
    for (;;) {
      const wanted = first.shift();
      const pauseMs = wanted === undefined ? (needs.pauseMs ?? usualPauseMs) : firstPauseMs;
      await passed(random.between(...pauseMs), undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      const message = messages.next(needs.clock.now(), wanted);
      const { kind, meant, controlId } = message;
      const outcome = await sender.send(message, signal);
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
