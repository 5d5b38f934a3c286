import type { DataSet } from "#standards/dicom";
import { tagNamed } from "#standards/dicom";
import { type Status, statuses } from "#standards/dimse";
import { isPerformedState } from "./performed-step.ts";

/** Must be told, with a value, when a step begins. Source: PS3.4 Table F.7.2-1 (N-CREATE, type 1). */
const whenBegun = [
  "ScheduledStepAttributesSequence",
  "PerformedProcedureStepID",
  "PerformedStationAETitle",
  "PerformedProcedureStepStartDate",
  "PerformedProcedureStepStartTime",
  "PerformedProcedureStepStatus",
  "Modality",
] as const;

/** Must be known when it is completed. Source: PS3.4 Table F.7.2-1 (final state). */
const whenCompleted = [
  "PerformedProcedureStepEndDate",
  "PerformedProcedureStepEndTime",
  "PerformedSeriesSequence",
] as const;

/** Undefined where it may begin so. */
export function refusalToBegin(told: DataSet): Status | undefined {
  const missing = whenBegun.filter((keyword) => !hasValue(told, keyword));
  if (missing.length > 0) return lacking(missing, statuses.missingAttribute);
  const state = told.text("PerformedProcedureStepStatus");
  return state === "IN PROGRESS" ? undefined : invalid("PerformedProcedureStepStatus", "It begins IN PROGRESS");
}

/** Undefined where it may become so: `after` is everything that is known by then. Source: PS3.4 §F.7.2.2. */
export function refusalToChange(before: string, told: DataSet, after: DataSet): Status | undefined {
  if (before !== "IN PROGRESS")
    return {
      code: statuses.processingFailure,
      errorId: 0xa506,
      comment: "The step has ended and may no longer be updated",
    };
  const state = told.text("PerformedProcedureStepStatus");
  if (state !== undefined && !isPerformedState(state)) return invalid("PerformedProcedureStepStatus", "No such status");
  if (told.get("ScheduledStepAttributesSequence") !== undefined)
    return invalid("ScheduledStepAttributesSequence", "It may not change");
  if (state !== "COMPLETED") return undefined;
  const missing = whenCompleted.filter((keyword) => !hasValue(after, keyword));
  return missing.length > 0 ? lacking(missing, statuses.missingAttributeValue) : undefined;
}

function hasValue(dataSet: DataSet, keyword: string): boolean {
  const content = dataSet.get(keyword)?.content;
  return content?.is === "items" ? content.items.length > 0 : dataSet.text(keyword) !== undefined;
}

function lacking(keywords: readonly string[], code: number): Status {
  return { code, comment: `Missing: ${keywords.join(", ")}`.slice(0, 64), offending: keywords.map(tagOfKeyword) };
}

function invalid(keyword: string, comment: string): Status {
  return { code: statuses.invalidAttributeValue, comment, offending: [tagOfKeyword(keyword)] };
}

function tagOfKeyword(keyword: string): number {
  return tagNamed(keyword) ?? 0;
}
