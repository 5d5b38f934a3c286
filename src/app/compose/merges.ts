import type { Access } from "#access";
import { continueMerges, mergesActor, mergesUnderWay } from "#departments/clinical";
import { type Clock, type Log, limits } from "#kernel";
import type { HealthRecord } from "#record";

export interface MergesNeeds {
  /** The whole record: looking whether there is something to do shows nothing to anybody. */
  readonly record: HealthRecord;
  readonly access: Access;
  readonly clock: Clock;
  readonly log: Log;
}

/** Carries merges of patients on that are too large for one commit, and those that are to be undone. */
export function openMerges({ record, access, clock, log }: MergesNeeds): { close(): Promise<void> } {
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const again = () => {
    if (stop.signal.aborted) return;
    timer = setTimeout(() => {
      running = carryOn()
        .catch((error: unknown) => log.error("a merge could not go on", error instanceof Error ? { error } : {}))
        .finally(again);
    }, limits.mergePollMs);
    timer.unref();
  };
  const carryOn = async () => {
    const waiting = await record.search(mergesUnderWay);
    if (!waiting.ok || waiting.value.versions.length === 0) return;
    const needs = { record: access.contextOf(mergesActor).record, clock };
    const taken = await continueMerges(needs, stop.signal);
    if (!taken.ok) log.warn("a merge could not go on", { code: taken.problems[0].code });
  };
  again();
  return {
    async close() {
      stop.abort();
      clearTimeout(timer);
      await running;
    },
  };
}
