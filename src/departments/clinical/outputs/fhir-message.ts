import { ok, type Result } from "#kernel";
import type { Bundle, Resource } from "#standards/fhir";
import { addressedReport, entryOf } from "./addressed-report.ts";
import { uuidOf } from "./document-address.ts";
import type { PathologyReport } from "./uk-pathology-document.ts";

/** The name of this form: what is sent changes with it. */
const form = "fhir-message/1";

export interface MessageSetting {
  /** When it is made: a FHIR instant. */
  readonly madeAt: string;
  /** Who has sent the reports. */
  readonly sender: string | undefined;
  /** What has happened, as HL7 v2 names it: `R01`. */
  readonly event: string | undefined;
}

/**
 * Reports as a FHIR message: its MessageHeader first, whose id is the same whenever the same versions are sent, so that a
 * receiver knows one that comes again; then the reports and what they speak of. Problems: those of `addressedReport`.
 * Source: FHIR R4 §2.4 (messaging), MessageHeader; event codes of HL7 v2 table 0003.
 */
export function fhirMessage(
  parts: PathologyReport,
  { madeAt, sender, event = "R01" }: MessageSetting,
): Result<{ readonly id: string; readonly bundle: Bundle }> {
  const addressed = addressedReport(parts, form);
  if (!addressed.ok) return addressed;
  const { edition, entries } = addressed.value;
  const id = uuidOf(...edition, "header");
  const header = {
    resourceType: "MessageHeader",
    eventCoding: { system: "http://terminology.hl7.org/CodeSystem/v2-0003", code: event },
    ...(sender === undefined ? {} : { sender: { type: "Organization", display: sender } }),
    source: { name: "Corridor", endpoint: "urn:corridor" },
    focus: entries.slice(0, parts.reports.length).map(({ fullUrl }) => ({ reference: fullUrl })),
  } as unknown as Resource;
  return ok({
    id,
    bundle: {
      resourceType: "Bundle",
      id: uuidOf(...edition, "bundle"),
      type: "message",
      timestamp: madeAt,
      entry: [entryOf({ uuid: id, resource: header }), ...entries],
    },
  });
}
