import type { Context } from "#access";
import { ok, type Result } from "#kernel";
import { fileStudy } from "../studies/file-study.ts";

export interface FilingOrder {
  readonly study: string;
  readonly patientId: string;
  /** Why, for the audit log. */
  readonly reason: string;
}

/** Files a study under a patient by hand, whatever it says itself. Problems: not-found; those of `fileStudy`. */
export async function fileByHand(
  context: Context,
  forFiling: Context,
  { study, patientId, reason }: FilingOrder,
): Promise<Result<undefined>> {
  const { keeping } = context.images;
  if (!keeping.ok) return keeping;
  const patient = await context.record.read("Patient", patientId);
  if (!patient.ok) return patient;
  const related = await keeping.value.relate(study, { state: "matched", patient: patientId }, reason);
  if (!related.ok) return related;
  const filed = await fileStudy(forFiling, study);
  return filed.ok ? ok(undefined) : filed;
}
