import type { Context } from "#access";
import type { HiddenObjects } from "#imaging";
import { limits, ok, type Result } from "#kernel";
import { type HealthRecord, parseBody } from "#record";
import type { HiddenPage, HiddenView, RejectionCode } from "../../api/image-keeping.ts";
import { DicomValues } from "../studies/dicom-values.ts";
import { decisionKey, type ImageDecision, imageDecisionKind } from "./image-decision.ts";

/** What is hidden, the newest first, each with the newest decision to hide something of its study. */
export async function fetchHidden({ images, record }: Context): Promise<Result<HiddenPage>> {
  if (!images.keeping.ok) return images.keeping;
  const hidden = await images.keeping.value.hidden();
  if (!hidden.ok) return hidden;
  const decisions = await newestDecisions(record, [...new Set(hidden.value.map(({ study }) => study))]);
  if (!decisions.ok) return decisions;
  return ok({ hidden: hidden.value.map((group) => hiddenView(group, decisions.value.get(group.study))) });
}

async function newestDecisions(
  record: Pick<HealthRecord, "search">,
  studies: readonly string[],
): Promise<Result<ReadonlyMap<string, ImageDecision>>> {
  if (studies.length === 0) return ok(new Map());
  const all = [{ is: "key", any: studies.map((study) => decisionKey(study, "hidden")) }] as const;
  const sort = { by: "updated", descending: true } as const;
  const found = await record.search({ kind: imageDecisionKind, all, sort, limit: limits.imageRowsMax });
  if (!found.ok) return found;
  const newest = new Map<string, ImageDecision>();
  for (const decision of found.value.versions.map((version) => parseBody<ImageDecision>(version)))
    if (!newest.has(decision.study)) newest.set(decision.study, decision);
  return ok(newest);
}

function hiddenView(group: HiddenObjects, decision: ImageDecision | undefined): HiddenView {
  const { study, series, instance, code, objects, shown, sizeBytes, json } = group;
  const values = new DicomValues(json);
  const text = (keyword: string) => values.text(keyword) ?? "";
  return {
    study,
    series,
    ...(objects === 1 ? { instance } : {}),
    code: code as RejectionCode,
    objects,
    shown,
    sizeBytes,
    modality: text("Modality"),
    seriesDescription: text("SeriesDescription"),
    studyDescription: text("StudyDescription"),
    date: text("StudyDate"),
    name: values.name("PatientName") ?? "",
    patientId: text("PatientID"),
    ...(decision === undefined ? {} : { decision: { by: decision.display, at: decision.at, reason: decision.reason } }),
  };
}
