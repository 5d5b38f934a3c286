import type { DiagnosticReport } from "#standards/fhir";
import { dateTimeIn, instantIn } from "../messages/datatypes/ts.ts";
import type { SegmentReader } from "../messages/message-reader.ts";

/** The times of one report. */
export interface ReportTimes {
  /** OBR-7 and OBR-8: when the specimen was taken, or the patient observed. */
  readonly observedFrom: string | undefined;
  readonly observedTo: string | undefined;
  /** OBR-22, as an instant: when this version was reported. */
  readonly reportedAt: string | undefined;
}

export const noTimes: ReportTimes = { observedFrom: undefined, observedTo: undefined, reportedAt: undefined };

export function timesOf(obr: SegmentReader): ReportTimes {
  return {
    observedFrom: dateTimeIn(obr.field(7)),
    observedTo: dateTimeIn(obr.field(8)),
    reportedAt: instantIn(obr.field(22)),
  };
}

/** Source: v2-to-FHIR OBR-7 and OBR-8. */
export function effectiveOf({
  observedFrom,
  observedTo,
}: ReportTimes): Pick<DiagnosticReport, "effectiveDateTime" | "effectivePeriod"> {
  if (observedTo === undefined) return observedFrom === undefined ? {} : { effectiveDateTime: observedFrom };
  const start = observedFrom === undefined ? {} : { start: observedFrom };
  return { effectivePeriod: { ...start, end: observedTo } };
}
