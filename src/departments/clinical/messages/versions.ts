import type { DiagnosticReport, Observation } from "#standards/fhir";
import type { PlannedResult } from "./plan.ts";

type ResultResource = PlannedResult["resource"];

/** Whether the record already holds a later version of a result, and why it counts as later. */
export type Staleness =
  | "final-before-preliminary"
  | "reported-earlier"
  | "observed-earlier"
  | "status-ranks-lower"
  | "sent-earlier";

/**
 * Undefined when what was sent is to replace what is recorded. In this order:
 *
 * 1. What is not final never replaces what is. (Reports may grow after they were final, by an added test, so this is
 *    not for them.)
 * 2. The time of the report, where the message states one: OBR-22, else OBX-19.
 * 3. A higher status: registered, preliminary, final, amended or corrected, cancelled, entered in error.
 * 4. The time of the observation: OBX-14, else OBR-7.
 * 5. A lower status.
 * 6. The time of the message: MSH-7.
 * 7. Arrival: what came last counts.
 */
export function stalenessOf(planned: PlannedResult, recorded: ResultResource): Staleness | undefined {
  const { resource: sent, isReportTimeStated } = planned;
  const isReport = sent.resourceType === "DiagnosticReport";
  if (!isReport && !isFinal(sent) && isFinal(recorded)) return "final-before-preliminary";
  const byIssue = compareTimes(issuedOf(sent), issuedOf(recorded));
  if (isReportTimeStated && byIssue !== 0) return byIssue < 0 ? "reported-earlier" : undefined;
  const byRank = rankOf(sent) - rankOf(recorded);
  if (byRank > 0) return undefined;
  const byObservation = compareTimes(observedOf(sent), observedOf(recorded));
  if (byObservation !== 0) return byObservation < 0 ? "observed-earlier" : undefined;
  if (byRank < 0) return "status-ranks-lower";
  return byIssue < 0 ? "sent-earlier" : undefined;
}

/** Each as a sentence. */
export const stalenessTexts: Readonly<Record<Staleness, string>> = {
  "final-before-preliminary": "The record already holds a final version.",
  "reported-earlier": "The record holds a version that was reported later.",
  "observed-earlier": "The record holds a version of a later observation.",
  "status-ranks-lower": "The record holds a version of the same time with a later status.",
  "sent-earlier": "The record holds a version that was sent later.",
};

type Status = Observation["status"] | DiagnosticReport["status"];

const ranks: Readonly<Record<Status, number>> = {
  unknown: 0,
  registered: 1,
  partial: 2,
  preliminary: 2,
  final: 3,
  amended: 4,
  corrected: 4,
  appended: 4,
  cancelled: 5,
  "entered-in-error": 6,
};

const finalRank = ranks.final;

function rankOf(resource: ResultResource): number {
  if (resource.resourceType !== "DocumentReference") return ranks[resource.status];
  return resource.status === "entered-in-error" ? ranks["entered-in-error"] : ranks[resource.docStatus ?? "unknown"];
}

export function isFinal(resource: ResultResource): boolean {
  return rankOf(resource) >= finalRank;
}

function issuedOf(resource: ResultResource): string | undefined {
  return resource.resourceType === "DocumentReference" ? resource.date : resource.issued;
}

function observedOf(resource: ResultResource): string | undefined {
  return resource.resourceType === "DocumentReference" ? undefined : resource.effectiveDateTime;
}

/** Zero where one of them is not known. */
function compareTimes(one: string | undefined, other: string | undefined): number {
  const difference = Date.parse(one ?? "") - Date.parse(other ?? "");
  return Number.isNaN(difference) ? 0 : Math.sign(difference);
}
