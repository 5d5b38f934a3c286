import { setTimeout as passed } from "node:timers/promises";
import { type Clock, type HospitalTime, type Log, ok, type Result } from "#kernel";
import type { DimseClient } from "#standards/dimse";
import { randomOf, seedOf } from "../random.ts";
import type { Doors } from "../set-up/senders.ts";
import { isInWard } from "../story/beds.ts";
import type { Story } from "../story/story.ts";
import { type FilledImages, fillImages } from "./fill-images.ts";
import { liveOrders } from "./live-orders.ts";
import { modalityRound, stationAes } from "./modality.ts";
import { startPainter } from "./phantom-objects.ts";
import { plannedExaminations } from "./planned-examination.ts";
import type { ArchiveNode } from "./send-study.ts";

export interface RadiologyNeeds {
  readonly stories: readonly Story[];
  readonly asOfMs: number;
  /** False where the studies of the two years are in already. */
  readonly isToFill: boolean;
  /** False: nothing new is examined. */
  readonly hasModalities: boolean;
  readonly doors: Doors;
  readonly client: DimseClient;
  readonly node: Omit<ArchiveNode, "callingAe">;
  readonly hospitalTime: HospitalTime;
  readonly clock: Clock;
  readonly log: Log;
  /** The pauses between two examinations. */
  readonly pauseMs?: readonly [shortest: number, longest: number];
}

export interface Radiology {
  /** Settles when the studies are in; undefined when they were before, or it was stopped. */
  readonly filled: Promise<Result<FilledImages | undefined>>;
  stop(): Promise<void>;
}

/** An examination each 40 to 80 seconds, a few of them waiting. */
const usualPauseMs = [40_000, 80_000] as const;
const firstPauseMs = 4_000;
/** Left to itself for a day, the demonstration must not fill the disk: after so many it examines less often. */
const busyExaminations = 40;
const quieterBy = 15;
const waitingOrders = 5;

/** The department of radiology: what it did in the two years, then modalities that do what the wards order. */
export function startRadiology(needs: RadiologyNeeds): Radiology {
  const closing = new AbortController();
  const painter = startPainter();
  const filled = needs.isToFill ? fill() : Promise.resolve(ok(undefined));
  const working = filled.then((result) => (result.ok && needs.hasModalities ? work(closing.signal) : undefined));

  async function fill(): Promise<Result<FilledImages | undefined>> {
    const planned = plannedExaminations(needs.stories, needs.asOfMs);
    const done = await fillImages({ ...needs, planned, painter, signal: closing.signal });
    return closing.signal.aborted ? ok(undefined) : done;
  }

  async function work(signal: AbortSignal): Promise<void> {
    const { clock, log } = needs;
    const startedMs = clock.now();
    const random = randomOf(seedOf("radiology", startedMs));
    const orders = liveOrders({ ...needs, stories: needs.stories.filter(isInWard), random, startedMs });
    for (let count = 0; count < waitingOrders && !signal.aborted; count += 1) await orders.order(clock.now(), signal);
    for (let done = 0, pauseMs: number = firstPauseMs; ; ) {
      await passed(pauseMs, undefined, { signal }).catch(() => {});
      if (signal.aborted) break;
      if (await examineOne(signal)) {
        done += 1;
        await orders.order(clock.now(), signal);
      }
      if (signal.aborted) break;
      pauseMs = random.between(...(needs.pauseMs ?? usualPauseMs)) * (done < busyExaminations ? 1 : quieterBy);
    }
    await orders.close();
    log.debug("demo-radiology-ended", {});
  }

  /** The first room that has something to do does it. */
  async function examineOne(signal: AbortSignal): Promise<boolean> {
    for (const stationAe of stationAes) {
      if (signal.aborted) return false;
      const round = await modalityRound({ ...needs, painter }, { stationAe, clock: needs.clock, signal });
      if (round.is === "done") return true;
      if (round.is === "failed")
        needs.log.warn("demo-modality-failed", { stationAe, step: round.step, code: round.code });
    }
    return false;
  }

  return {
    filled,
    async stop() {
      closing.abort();
      await painter.stop();
      await working;
    },
  };
}
