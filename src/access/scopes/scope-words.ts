import type { ResourceScope } from "./resource-scope.ts";

/** What people call the resources that applications ask for most. Others go by their FHIR name. */
const words: Readonly<Record<string, string>> = {
  "*": "everything in the record",
  AllergyIntolerance: "allergies",
  Appointment: "appointments",
  CarePlan: "care plans",
  CareTeam: "care teams",
  Communication: "communications",
  Condition: "problems and diagnoses",
  Consent: "consents",
  Coverage: "insurance",
  Device: "devices",
  DiagnosticReport: "reports",
  DocumentReference: "letters and documents",
  Encounter: "visits and stays",
  Goal: "goals",
  ImagingStudy: "imaging studies",
  Immunization: "vaccinations",
  Location: "wards and places",
  Medication: "medicines",
  MedicationRequest: "prescriptions",
  MedicationStatement: "medicines taken",
  Observation: "results and measurements",
  Organization: "organisations",
  Patient: "name, date of birth, numbers and address",
  Practitioner: "names of staff",
  Procedure: "procedures",
  Provenance: "where entries came from",
  ServiceRequest: "orders",
  Specimen: "specimens",
};

/** Searches that have a name of their own. */
const named: Readonly<Record<string, string>> = {
  "Observation?category=laboratory": "laboratory results",
  "Observation?category=vital-signs": "vital signs",
  "Condition?category=problem-list-item": "the problem list",
  "Condition?category=encounter-diagnosis": "diagnoses of visits",
};

/** `Read laboratory results of the chosen patient`. */
export function scopeSentence({ level, type, letters, search }: ResourceScope): string {
  const verbs = [
    ...(/[rs]/.test(letters) ? ["read"] : []),
    ...(letters.includes("c") ? ["add"] : []),
    ...(letters.includes("u") ? ["change"] : []),
    ...(letters.includes("d") ? ["delete"] : []),
  ];
  const said = listed(verbs);
  const things = search === "" ? (words[type] ?? `${type} resources`) : searchWords(type, search);
  return `${said[0]?.toUpperCase() ?? ""}${said.slice(1)} ${things}${whose(level, type)}`;
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

function searchWords(type: string, search: string): string {
  const criteria = [...new URLSearchParams(search)].map(([name, value]) => `${name}=${value.replace(/^.*\|/, "")}`);
  const name = named[`${type}?${criteria.join("&")}`];
  return name ?? `${words[type] ?? `${type} resources`}, only those with ${criteria.join(" and ")},`;
}

function whose(level: ResourceScope["level"], type: string): string {
  if (level === "patient") return " of the chosen patient";
  if (level === "system") return " of all patients";
  return type === "Practitioner" || type === "Organization" || type === "Location"
    ? ""
    : " of every patient you may see";
}
