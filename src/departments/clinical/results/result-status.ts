import type { DiagnosticReport, Observation } from "#standards/fhir";
import { meaningOf } from "../messages/code-tables.ts";
import type { SegmentReader } from "../messages/message-reader.ts";

export type ObservationStatus = Observation["status"];
export type ReportStatus = DiagnosticReport["status"];

/** Codes of table 0085 for which the official map has no row, in the order of the table. */
const observationExtras: Readonly<Record<string, ObservationStatus>> = {
  B: "amended",
  I: "registered",
  N: "final",
  O: "registered",
  R: "preliminary",
  S: "preliminary",
  V: "final",
  U: "final",
};

/** OBX-11. Without one the observation has the status of its report. Source: v2-to-FHIR OBX-11, table 0085. */
export function observationStatus(obx: SegmentReader, reportStatus: ReportStatus): ObservationStatus {
  const code = obx.peek(11);
  const mapped = code === undefined ? undefined : meaningOf("ObservationResultStatusCodesInterpretation", code)?.code;
  const status = (mapped as ObservationStatus | undefined) ?? observationExtras[code ?? ""];
  if (status === undefined) return ofReport[reportStatus];
  obx.text(11);
  return status;
}

const ofReport: Readonly<Record<ReportStatus, ObservationStatus>> = {
  registered: "registered",
  partial: "preliminary",
  preliminary: "preliminary",
  final: "final",
  amended: "amended",
  corrected: "corrected",
  appended: "amended",
  cancelled: "cancelled",
  "entered-in-error": "entered-in-error",
  unknown: "unknown",
};

/** Codes of table 0123 for which the official map has no row. */
const reportExtras: Readonly<Record<string, ReportStatus>> = {
  A: "partial",
  M: "preliminary",
  N: "registered",
};

/** OBR-25. Source: v2-to-FHIR OBR-25, table 0123. */
export function reportStatus(obr: SegmentReader | undefined): ReportStatus {
  const code = obr?.peek(25);
  const mapped = code === undefined ? undefined : meaningOf("ResultStatus[Non-Queries]", code)?.code;
  const status = (mapped as ReportStatus | undefined) ?? reportExtras[code ?? ""];
  if (status === undefined) return "unknown";
  obr?.text(25);
  return status;
}

/** A report without OBR-25 is what its observations are: not final before all of them are. */
export function statusFromObservations(statuses: readonly ObservationStatus[]): ReportStatus {
  if (statuses.length === 0) return "unknown";
  const has = (status: ObservationStatus) => statuses.includes(status);
  if (has("registered") || has("preliminary") || has("unknown")) return has("final") ? "partial" : "preliminary";
  if (has("corrected")) return "corrected";
  if (has("amended")) return "amended";
  return has("final") ? "final" : (statuses[0] ?? "unknown");
}
