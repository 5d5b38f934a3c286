import type { Log } from "#kernel";
import type { DemoMessage } from "../messages/sender.ts";
import { ageYearsAt } from "../people/person.ts";
import type { Random } from "../random.ts";
import { type Doors, hospitalSenders } from "../set-up/senders.ts";
import { currentStay } from "../story/beds.ts";
import type { Story } from "../story/story.ts";
import { minuteMs } from "../times.ts";
import type { ExaminationName } from "./examinations.ts";
import { imagingOrder } from "./imaging-messages.ts";

export interface LiveOrdersNeeds {
  /** Those in a ward. */
  readonly stories: readonly Story[];
  readonly random: Random;
  /** No start has the numbers of another. */
  readonly startedMs: number;
  readonly doors: Doors;
  readonly log: Log;
}

export interface LiveOrders {
  /** Orders an examination of somebody in a ward, over the link of the wards' order system. */
  order(nowMs: number, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** Mostly what is quickly made. */
const usual: readonly ExaminationName[] = ["chest", "chest", "chest", "thorax", "echo", "head"];

/** What the wards order while the demonstration runs: the accession number is left to Corridor. */
export function liveOrders({ stories, random, startedMs, doors, log }: LiveOrdersNeeds): LiveOrders {
  const adults = stories.filter(({ person }) => ageYearsAt(person, startedMs) >= 16);
  const sender = hospitalSenders(doors, 1, log);
  let count = 0;
  const next = (nowMs: number): DemoMessage | undefined => {
    const story = adults[Math.floor(random.next() * adults.length)];
    const visit = story && currentStay(story);
    if (story === undefined || visit === undefined) return undefined;
    count += 1;
    return imagingOrder({
      story,
      visit,
      requester: visit.consultant,
      placer: `CGH-L${startedMs.toString(36)}-${count}`,
      filler: undefined,
      examination: usual[(count - 1) % usual.length] ?? "chest",
      startedMs: nowMs + random.whole(2, 12) * minuteMs,
      sentMs: nowMs,
    });
  };
  return {
    async order(nowMs, signal) {
      const message = next(nowMs);
      if (message === undefined) return;
      const outcome = await sender.send(message, signal);
      if (outcome.is !== "accepted" && !signal.aborted)
        log.warn("demo-imaging-order-not-taken", { controlId: message.controlId });
    },
    close: () => sender.close(),
  };
}
