import type { Context } from "#access";
import { ok, type Result } from "#kernel";
import { DicomValues } from "../studies/dicom-values.ts";
import { fileStudy } from "../studies/file-study.ts";
import { ofStudy } from "../studies/of-study.ts";
import { noteDecision } from "./note-decision.ts";

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
  const before = await filedUnder(context, study);
  if (!before.ok) return before;
  const related = await keeping.value.relate(study, { state: "matched", patient: patientId }, reason);
  if (!related.ok) return related;
  const decided = { study, is: "filed", objects: before.value.objects, reason, after: `Patient/${patientId}` } as const;
  const noted = await noteDecision(forFiling, { ...decided, ...before.value.place });
  if (!noted.ok) return noted;
  const filed = await fileStudy(forFiling, study);
  return filed.ok ? ok(undefined) : filed;
}

/** Whom it was filed under, and how many objects it has. */
async function filedUnder({ images }: Context, study: string) {
  const found = await images.find({ level: "study", match: [ofStudy(study)], limit: 1 });
  if (!found.ok) return found;
  const [row] = found.value.rows;
  const objects = new DicomValues(row?.json ?? "{}").number("NumberOfStudyRelatedInstances") ?? 0;
  const patient = row?.study?.patient;
  return ok({ objects, place: patient === undefined ? {} : { before: `Patient/${patient}` } });
}
