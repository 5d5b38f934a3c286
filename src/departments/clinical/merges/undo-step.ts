import { limits, ok, type Result, toIso } from "#kernel";
import { type HealthRecord, parseBody, type Version } from "#record";
import type { LinkMessage } from "../messages/link-message.ts";
import { linkMessageKind } from "../messages/link-message.ts";
import { isNhsNumber } from "../patients/sent-identifiers.ts";
import { type Forest, forestOf } from "./forest.ts";
import { edgeOf, forestIn, type KnownMerge, type MergeNetwork, readNetwork } from "./merge-network.ts";
import { type MovedResource, movedBy, stepProvenance } from "./merge-provenance.ts";
import { counts, type PatientMerge, type ReviewedResource, type UndoneMerge } from "./patient-merge.ts";
import { patientTargets, patientWrites } from "./patient-writes.ts";
import { movesOf } from "./subordinates.ts";
import { mergeWrite, type StepNeeds } from "./take-step.ts";

type Undoing = PatientMerge & { readonly undo: UndoneMerge };

/**
 * Gives back up to `limits.mergeStepResourcesMax` resources that the merge moved, in one commit with how far it has come;
 * the first step also gives the patients their own numbers and links again. What arrived for the old number since stays
 * with the survivor and is listed, and so is what went back other than it came. Problems: as for `takeMergeStep`.
 */
export async function takeUndoStep(needs: StepNeeds, known: KnownMerge): Promise<Result<PatientMerge>> {
  const { record, clock } = needs;
  const merge = known.merge as Undoing;
  const network = await readNetwork(record, [merge.discarded.reference]);
  if (!network.ok) return network;
  const after = afterUndo(network.value, known);
  const freed = network.value.merges.filter((each) => after.freed.has(each.merge.discarded.reference));
  const [moved, movedByAny] = await Promise.all([movedBy(record, freed), movedBy(record, network.value.merges)]);
  if (!moved.ok) return moved;
  if (!movedByAny.ok) return movedByAny;
  const { looked } = merge.undo;
  const chunk = moved.value.slice(looked, looked + limits.mergeStepResourcesMax);
  const versions = await record.readMany(chunk);
  if (!versions.ok) return versions;
  const moves = movesOf(versions.value, after.forest);
  const isLast = looked + chunk.length >= moved.value.length;
  const later = isLast ? await cameAfter(record, merge, after.survivor) : ok([]);
  if (!later.ok) return later;
  const review = [...merge.undo.review, ...changedSince(versions.value, movedByAny.value), ...later.value];
  const undo: UndoneMerge = {
    ...merge.undo,
    steps: merge.undo.steps + 1,
    looked: looked + chunk.length,
    returned: merge.undo.returned + moves.length,
    review: review.slice(0, limits.mergeReviewMax),
  };
  const next: PatientMerge = { ...merge, state: isLast ? "undone" : "undoing", undo };
  const patients = merge.undo.steps === 0 ? patientWrites({ ...after, patients: network.value.patients }) : [];
  const targets = [...patientTargets(patients), ...moves];
  const written = await record.transact({
    operations: [
      ...patients.map(({ operation }) => operation),
      ...moves.map(({ operation }) => operation),
      mergeWrite({ ...known, merge: next }),
      ...(targets.length === 0
        ? []
        : [stepProvenance({ mergeId: known.id, merge, doing: "undo", step: undo.steps, at: clock.now(), targets })]),
    ],
  });
  return written.ok ? ok(next) : written;
}

interface AfterUndo {
  readonly forest: Forest;
  /** The discarded patient, and all that were merged into it. */
  readonly freed: ReadonlySet<string>;
  readonly released: ReadonlyMap<string, boolean | null>;
  /** Who stood for the discarded patient until now. */
  readonly survivor: string;
}

/** The merges that count without this one. Every patient stays in the forest, so that all find their way home. */
function afterUndo({ merges, patients }: MergeNetwork, { id, merge }: KnownMerge): AfterUndo {
  const others = merges.filter((each) => each.id !== id && counts(each.merge));
  const forest = forestOf(others.map((each) => edgeOf(each.merge)));
  const discarded = merge.discarded.reference;
  const before = forestIn({ merges: [...others, { id, version: 0, merge: { ...merge, state: "merged" } }] });
  return {
    forest: { ...forest, patients: [...new Set([...forest.patients, ...patients.keys()])] },
    freed: new Set([discarded, ...forest.mergedInto(discarded)]),
    released: new Map([[discarded, merge.activeBefore ?? null]]),
    survivor: before.rootOf(discarded),
  };
}

/** Something else has written them since they were moved. */
function changedSince(versions: readonly Version[], moved: readonly MovedResource[]): readonly ReviewedResource[] {
  const movedAs = new Map(moved.map(({ kind, id, version }) => [`${kind}/${id}`, version]));
  return versions
    .map(({ kind, id, version }) => ({ reference: `${kind}/${id}`, version }))
    .filter(({ reference, version }) => version > (movedAs.get(reference) ?? 0))
    .map(({ reference }) => ({ reference, why: "changed-since" }));
}

/** What messages made that named the old number after the merge: nobody can tell for whom they were meant. */
async function cameAfter(
  record: HealthRecord,
  { discarded, recordedAt }: PatientMerge,
  survivor: string,
): Promise<Result<readonly ReviewedResource[]>> {
  const numbers = discarded.numbers.flatMap((number) =>
    number.value === undefined ? [] : [`${isNhsNumber(number) ? "nhs-number" : "hospital-number"}=${number.value}`],
  );
  if (numbers.length === 0) return ok([]);
  const found = await record.search({
    kind: linkMessageKind,
    all: [
      { is: "key", any: numbers },
      { is: "key", any: [`patient=${survivor}`] },
      { is: "date", parameter: "arrived", any: [{ fromMinMs: Date.parse(recordedAt) }] },
    ],
    sort: { by: "updated", descending: false },
    limit: limits.pageSizeMax,
  });
  if (!found.ok) return found;
  const created = found.value.versions.flatMap((version) =>
    parseBody<LinkMessage>(version).resources.filter(({ effect, kind }) => effect === "created" && kind !== "Patient"),
  );
  return ok(created.map(({ kind, id }) => ({ reference: `${kind}/${id}`, why: "came-after" })));
}

export interface UndoAsked {
  readonly by: string;
  readonly display: string;
  readonly reason: string;
}

/** The merge as one that is to be undone. */
export function undoAsked(merge: PatientMerge, asked: UndoAsked, at: Parameters<typeof toIso>[0]): PatientMerge {
  const undo: UndoneMerge = { ...asked, at: toIso(at), steps: 0, looked: 0, returned: 0, review: [] };
  return { ...merge, state: "undoing", undo };
}
