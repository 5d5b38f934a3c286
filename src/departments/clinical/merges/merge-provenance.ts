import type { Instant } from "#kernel";
import { type JsonObject, ok, type Result, toIso } from "#kernel";
import type { Create, HealthRecord, Key } from "#record";
import { parseBody } from "#record";
import type { Provenance } from "#standards/fhir";
import { deterministicId } from "../messages/deterministic-id.ts";
import { type PatientMerge, patientMergeKind } from "./patient-merge.ts";

export interface MergeStep {
  readonly mergeId: string;
  readonly merge: PatientMerge;
  /** `merge` moves to the survivor, `undo` back. */
  readonly doing: "merge" | "undo";
  /** Counted from 1. */
  readonly step: number;
  readonly at: Instant;
  readonly targets: readonly (Key & { readonly version: number })[];
}

/** What one step moved, and why. Its id follows from the merge and the step, so that undoing finds it. */
export function stepProvenance({ mergeId, merge, doing, step, at, targets }: MergeStep): Create {
  const body: JsonObject = {
    resourceType: "Provenance",
    target: targets.map(({ kind, id, version }) => ({ reference: `${kind}/${id}/_history/${version}` })),
    ...(merge.effectiveAt === undefined ? {} : { occurredDateTime: merge.effectiveAt }),
    recorded: toIso(at),
    activity: {
      coding: [{ system: "http://terminology.hl7.org/CodeSystem/v3-DataOperation", code: "UPDATE" }],
      text: doing === "merge" ? "Merge of two patients" : "Merge of two patients undone",
    },
    agent: [{ who: { display: doing === "undo" ? (merge.undo?.display ?? "Corridor") : "Corridor" } }],
    entity: [
      { role: "source", what: { reference: doing === "merge" ? merge.message : `${patientMergeKind}/${mergeId}` } },
    ],
  };
  return { action: "create", kind: "Provenance", id: provenanceId({ mergeId, doing, step }), body };
}

function provenanceId({ mergeId, doing, step }: Pick<MergeStep, "mergeId" | "doing" | "step">): string {
  return deterministicId("Provenance", mergeId, doing, String(step));
}

/** A resource that a merge moved, and the version that it became by the last move. */
export interface MovedResource extends Key {
  readonly version: number;
}

/** Everything that these merges moved, each once, in the order of the moves. Problems: those of the record. */
export async function movedBy(
  record: HealthRecord,
  merges: readonly { readonly id: string; readonly merge: PatientMerge }[],
): Promise<Result<readonly MovedResource[]>> {
  const keys = merges.flatMap(({ id, merge }) =>
    Array.from({ length: merge.steps }, (_, at) => ({
      kind: "Provenance",
      id: provenanceId({ mergeId: id, doing: "merge", step: at + 1 }),
    })),
  );
  const read = await record.readMany(keys);
  if (!read.ok) return read;
  const targets = read.value.flatMap((version) => parseBody<Provenance>(version).target);
  const moved = new Map<string, MovedResource>();
  for (const { reference = "" } of targets) {
    const [kind, id, , version] = reference.split("/");
    if (kind === undefined || id === undefined || kind === "Patient") continue;
    const before = moved.get(`${kind}/${id}`)?.version ?? 0;
    moved.set(`${kind}/${id}`, { kind, id, version: Math.max(before, Number(version)) });
  }
  return ok([...moved.values()]);
}
