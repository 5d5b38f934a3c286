import { type Clock, type JsonObject, limits, ok, type Result } from "#kernel";
import type { HealthRecord, Operation } from "#record";
import { forestIn, type KnownMerge, readNetwork } from "./merge-network.ts";
import { stepProvenance } from "./merge-provenance.ts";
import { type PatientMerge, patientMergeKind } from "./patient-merge.ts";
import { movesOf, subordinatesOf } from "./subordinates.ts";

export interface StepNeeds {
  readonly record: HealthRecord;
  readonly clock: Clock;
}

/**
 * Moves up to `limits.mergeStepResourcesMax` resources of a merge that is under way, in one commit with how far it has come.
 * A crash between two steps loses nothing: the next looks for what is left. Gives the merge as it then is.
 * Problems: conflict, where others write the same; those of the record.
 */
export async function takeMergeStep({ record, clock }: StepNeeds, known: KnownMerge): Promise<Result<PatientMerge>> {
  const { id, version, merge } = known;
  const network = await readNetwork(record, [merge.discarded.reference]);
  if (!network.ok) return network;
  const forest = forestIn(network.value);
  const left = forest.patients.filter((patient) => forest.rootOf(patient) !== patient);
  const found = await subordinatesOf(record, left, limits.mergeStepResourcesMax);
  if (!found.ok) return found;
  const moves = movesOf(found.value.slice(0, limits.mergeStepResourcesMax), forest);
  const isLast = found.value.length <= limits.mergeStepResourcesMax;
  const after = stepped(merge, { moved: moves.length, isLast });
  const written = await record.transact({
    operations: [
      ...moves.map(({ operation }) => operation),
      mergeWrite({ id, version, merge: after }),
      ...(moves.length === 0
        ? []
        : [stepProvenance({ mergeId: id, merge, doing: "merge", step: after.steps, at: clock.now(), targets: moves })]),
    ],
  });
  return written.ok ? ok(after) : written;
}

/** The merge after a step that moved so many. */
export function stepped(merge: PatientMerge, step: { readonly moved: number; readonly isLast: boolean }): PatientMerge {
  return {
    ...merge,
    state: step.isLast ? "merged" : "moving",
    steps: merge.steps + (step.moved === 0 ? 0 : 1),
    moved: merge.moved + step.moved,
  };
}

export function mergeWrite({ id, version, merge }: KnownMerge): Operation {
  return { action: "update", kind: patientMergeKind, id, body: merge as unknown as JsonObject, ifMatch: version };
}
