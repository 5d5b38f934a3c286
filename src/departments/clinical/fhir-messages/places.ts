import type { Planned, PlannedKind } from "../messages/plan.ts";

/** By which rule a message changes what the record has of a type; see `Planned`. */
type Rule = Planned["rule"];

const told: readonly PlannedKind[] = [
  ...(["Account", "Appointment", "Basic", "CareTeam", "Condition", "Coverage", "EpisodeOfCare"] as const),
  ...(["Group", "Immunization", "MedicationRequest", "Procedure", "SupplyRequest"] as const),
];

/** The types that a message may bring besides its patient. */
export const ruleOf: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ...(["Observation", "DiagnosticReport", "DocumentReference"] as const).map((type) => [type, "result"] as const),
  ...(["Specimen", "Binary"] as const).map((type) => [type, "companion"] as const),
  ...(["ServiceRequest", "Encounter", "AllergyIntolerance", "Task"] as const).map((type) => [type, "fill"] as const),
  ...told.map((type) => [type, "tell"] as const),
]);

/** People, places and things that a message only names: they are told where they are named, and make nothing of their own. */
export const named: ReadonlySet<string> = new Set([
  ...["Practitioner", "PractitionerRole", "Organization", "Location", "Device", "Medication", "Substance"],
  ...["HealthcareService", "RelatedPerson", "Endpoint"],
]);

/** Where a resource says whose it is. */
export const subjectElements = ["subject", "patient", "beneficiary", "for"] as const;

/** These are nobody's without one. */
export const needsSubject: ReadonlySet<string> = new Set(["Observation", "DiagnosticReport", "ServiceRequest"]);
