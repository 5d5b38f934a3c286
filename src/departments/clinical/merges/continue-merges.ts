import { limits, ok, type Result } from "#kernel";
import type { Query } from "#record";
import { knownMerge } from "./merge-network.ts";
import { patientMergeKind } from "./patient-merge.ts";
import { type StepNeeds, takeMergeStep } from "./take-step.ts";
import { takeUndoStep } from "./undo-step.ts";

/** Finds the merge that has waited longest, where one is under way. */
export const mergesUnderWay: Query = {
  kind: patientMergeKind,
  all: [{ is: "key", any: ["state=moving", "state=undoing"] }],
  sort: { by: "updated", descending: false },
  limit: 1,
};

/**
 * Goes on with merges that are too large for one commit, and undoes those that are to be undone, step by step, until none
 * is under way or `signal` aborts. What is left to do is in the record, so a crash loses nothing, and two processes at once
 * do no step twice. Gives how many steps were taken. Problems: those of the record.
 */
export async function continueMerges(needs: StepNeeds, signal?: AbortSignal): Promise<Result<number>> {
  let steps = 0;
  let racesInARow = 0;
  while (!signal?.aborted) {
    const found = await needs.record.search(mergesUnderWay);
    if (!found.ok) return found;
    const [next] = found.value.versions;
    if (next === undefined) return ok(steps);
    const known = knownMerge(next);
    const taken = await (known.merge.state === "moving" ? takeMergeStep(needs, known) : takeUndoStep(needs, known));
    const isRace = !taken.ok && taken.problems.every(({ category }) => category === "conflict");
    racesInARow = isRace ? racesInARow + 1 : 0;
    if (!taken.ok && (!isRace || racesInARow >= limits.linkMessageAttemptsMax)) return taken;
    steps += taken.ok ? 1 : 0;
  }
  return ok(steps);
}
