import { shapeOf } from "#standards/fhir";

/** What a person looks for first, by type; for the others see `usualElements`. */
const ofTypes: Readonly<Record<string, readonly string[]>> = {
  Patient: ["name", "birthDate", "gender", "identifier"],
  Observation: ["code", "value", "status", "effective", "subject"],
  DiagnosticReport: ["code", "status", "effective", "subject"],
  ServiceRequest: ["code", "status", "authoredOn", "subject"],
  Encounter: ["class", "type", "status", "period", "subject"],
  Practitioner: ["name", "identifier", "telecom"],
  Organization: ["name", "type", "identifier"],
  Location: ["name", "type", "status", "partOf"],
  ImagingStudy: ["description", "modality", "started", "status", "subject"],
  DocumentReference: ["description", "type", "status", "date", "subject"],
  AllergyIntolerance: ["code", "clinicalStatus", "criticality", "patient"],
  Specimen: ["type", "identifier", "receivedTime", "subject"],
  Provenance: ["target", "recorded", "agent.who", "activity"],
  AuditEvent: ["type", "action", "recorded", "agent.who", "outcome"],
  MedicationRequest: ["medication", "status", "authoredOn", "subject"],
  Immunization: ["vaccineCode", "status", "occurrence", "patient"],
  Bundle: ["type", "timestamp", "identifier"],
};

const what = ["name", "title", "code", "description", "type", "category", "class", "identifier"];
const when = [
  "effective",
  "occurrence",
  "performed",
  "onset",
  "authoredOn",
  "period",
  "date",
  "recorded",
  "issued",
  "created",
];
const whose = ["subject", "patient", "beneficiary", "url"];

/** What a person looks for: what it is, which names the resource; its state, when, and whose. */
export function usualElements(type: string): readonly string[] {
  const chosen = ofTypes[type];
  if (chosen !== undefined) return chosen;
  const names = new Set(shapeOf(type)?.elements.map(({ name }) => name));
  const present = (candidates: readonly string[], most: number) =>
    candidates.filter((name) => names.has(name)).slice(0, most);
  return [...present(what, 2), ...present(["status"], 1), ...present(when, 1), ...present(whose, 1)];
}

/** What stands beside the name of a resource until other columns are chosen. */
export function usualColumns(type: string): readonly string[] {
  return usualElements(type).slice(1);
}

/** Elements of a type that may stand as columns, in R4's order. */
export function columnElements(type: string): readonly string[] {
  const hidden = new Set(["id", "implicitRules", "language", "text", "contained", "extension", "modifierExtension"]);
  return (shapeOf(type)?.elements ?? []).map(({ name }) => name).filter((name) => !hidden.has(name));
}
