import type { ReportStatus } from "../api.ts";

type Row = readonly [code: string, text: string, tone: ReportStatus["tone"]];

/** Source: FHIR R4 value sets observation-status and diagnostic-report-status. */
const resultStatuses: readonly Row[] = [
  ["registered", "Registered, no result yet", "preliminary"],
  ["partial", "Partial", "preliminary"],
  ["preliminary", "Preliminary", "preliminary"],
  ["final", "Final", "final"],
  ["amended", "Amended", "corrected"],
  ["corrected", "Corrected", "corrected"],
  ["appended", "Added to", "corrected"],
  ["cancelled", "Cancelled", "cancelled"],
  ["entered-in-error", "Entered in error", "cancelled"],
  ["unknown", "Status unknown", "preliminary"],
];

/** Source: FHIR R4 value sets encounter-status, appointmentstatus, request-status, document-reference-status. */
const eventStatuses: readonly Row[] = [
  ["planned", "Planned", "preliminary"],
  ["arrived", "Arrived", "preliminary"],
  ["triaged", "Triaged", "preliminary"],
  ["in-progress", "In progress", "preliminary"],
  ["onleave", "On leave", "preliminary"],
  ["finished", "Finished", "final"],
  ["proposed", "Proposed", "preliminary"],
  ["pending", "Not confirmed yet", "preliminary"],
  ["booked", "Booked", "preliminary"],
  ["waitlist", "On the waiting list", "preliminary"],
  ["checked-in", "Checked in", "preliminary"],
  ["fulfilled", "Took place", "final"],
  ["noshow", "Did not come", "cancelled"],
  ["draft", "Draft", "preliminary"],
  ["active", "Active", "preliminary"],
  ["on-hold", "On hold", "preliminary"],
  ["revoked", "Cancelled", "cancelled"],
  ["completed", "Completed", "final"],
  ["current", "Current", "final"],
  ["superseded", "Superseded", "cancelled"],
];

const rows = new Map([...resultStatuses, ...eventStatuses].map((row) => [row[0], row]));

/** A status in words; an unknown code is shown as it is, and never as final. */
export function statusOf(code: string | undefined): ReportStatus {
  const [, text, tone] = rows.get(code ?? "unknown") ?? [code, code ?? "Status unknown", "preliminary"];
  return { code: code ?? "unknown", text, tone, stands: tone !== "cancelled" };
}
