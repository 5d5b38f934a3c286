import { type Instant, type JsonObject, limits, ok, type Result, toIso } from "#kernel";
import type { HealthRecord, Operation } from "#record";
import { deterministicId } from "../messages/deterministic-id.ts";
import type { WrittenResource } from "../messages/link-message.ts";
import { present } from "../messages/present.ts";
import type { Join, JoinedPatient, Joining } from "./decide-joining.ts";
import { forestOf } from "./forest.ts";
import { edgeOf } from "./merge-network.ts";
import { stepProvenance } from "./merge-provenance.ts";
import { counts, type PatientMerge, patientMergeKind } from "./patient-merge.ts";
import { type PatientWrite, patientWrites } from "./patient-writes.ts";
import { movesOf, subordinatesOf } from "./subordinates.ts";
import { stepped } from "./take-step.ts";

export interface MergesTold {
  readonly messageId: string;
  readonly event: string;
  readonly effectiveAt: string | undefined;
  /** When the message arrived. */
  readonly at: Instant;
}

export interface MergeWrites {
  readonly operations: readonly Operation[];
  readonly written: readonly WrittenResource[];
}

type Joined = Extract<Joining, { readonly is: "joined" }>;

/**
 * The writes of merges: the patients with their links, each merge, and, of a single one, the first resources that move;
 * mostly these are all. The rest moves step by step afterwards. Problems: those of the record.
 */
export async function mergeWrites(
  record: HealthRecord,
  { joins, network, patients }: Joined,
  told: MergesTold,
): Promise<Result<MergeWrites>> {
  const merges = joins.map((join, at) => ({
    id: deterministicId(patientMergeKind, told.messageId, String(at)),
    merge: mergeOf(join, told),
  }));
  const counting = [...network.merges.map(({ merge }) => merge).filter(counts), ...merges.map(({ merge }) => merge)];
  const forest = forestOf(counting.map(edgeOf));
  const writes = patientWrites({ forest, patients, released: new Map() });
  const [only, another] = merges;
  const ceased = only === undefined || another !== undefined ? [] : [only.merge.discarded.reference];
  const found = await subordinatesOf(record, ceased, limits.mergeStepResourcesMax);
  if (!found.ok) return found;
  const moves = movesOf(found.value.slice(0, limits.mergeStepResourcesMax), forest);
  const isLast = another === undefined && found.value.length <= limits.mergeStepResourcesMax;
  const kept = merges.map(({ id, merge }) => ({ id, merge: stepped(merge, { moved: moves.length, isLast }) }));
  const provenance =
    only && moves.length > 0
      ? [stepProvenance({ mergeId: only.id, merge: only.merge, doing: "merge", step: 1, at: told.at, targets: moves })]
      : [];
  return ok({
    operations: [
      ...writes.flatMap((write) => patientOperations(write, patients)),
      ...moves.map(({ operation }) => operation),
      ...kept.map(
        ({ id, merge }): Operation => ({
          action: "create",
          kind: patientMergeKind,
          id,
          body: merge as unknown as JsonObject,
        }),
      ),
      ...provenance,
    ],
    written: [
      ...writes.filter(({ isChanged }) => isChanged).map(patientWritten),
      ...moves.map(({ kind, id, version }): WrittenResource => ({ kind, id, version, effect: "updated" })),
      ...kept.map(({ id }): WrittenResource => ({ kind: patientMergeKind, id, version: 1, effect: "created" })),
    ],
  });
}

function mergeOf({ discarded, survivor, activeBefore }: Join, told: MergesTold): PatientMerge {
  return present<PatientMerge>({
    state: "moving",
    discarded,
    survivor,
    effectiveAt: told.effectiveAt,
    recordedAt: toIso(told.at),
    message: `LinkMessage/${told.messageId}`,
    event: told.event,
    activeBefore,
    steps: 0,
    moved: 0,
  });
}

/** One who is made must still be the first with these numbers. */
function patientOperations(
  { reference, operation }: PatientWrite,
  patients: ReadonlyMap<string, JoinedPatient>,
): readonly Operation[] {
  const absent = patients.get(reference)?.absent;
  if (absent === undefined || operation.action !== "update") return [operation];
  const { kind, id, body } = operation;
  return [{ action: "create", kind, id, body, ifNoneFound: absent }];
}

function patientWritten({ reference, version }: PatientWrite): WrittenResource {
  const id = reference.slice("Patient/".length);
  return { kind: "Patient", id, version, effect: version === 1 ? "created" : "updated" };
}
