import { busy } from "#kernel";
import type { HealthRecord } from "#record";
import { patientMergeKind } from "./patient-merge.ts";

/** Then nothing is acknowledged, and the sender sends again: a merge takes seconds, even of very many results. */
export const mergeUnderWay = busy(
  "merge-under-way",
  "What the message changes is just being moved from one patient to another; send it again.",
);

/** Whether resources of these patients are still being moved, or brought back. False where the record does not say. */
export async function isUnderWay(record: HealthRecord, patients: readonly string[]): Promise<boolean> {
  if (patients.length === 0) return false;
  const found = await record.search({
    kind: patientMergeKind,
    all: [
      { is: "key", any: ["state=moving", "state=undoing"] },
      { is: "key", any: patients.map((patient) => `patient=${patient}`) },
    ],
    sort: { by: "updated", descending: false },
    limit: 1,
  });
  return found.ok && found.value.versions.length > 0;
}
