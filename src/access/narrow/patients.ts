import { isJsonObject, type Json, type JsonObject } from "#kernel";
import type { Clause, Key, Kind, Query, Version } from "#record";
import { memberText } from "./member-text.ts";

const usualElements = ["subject", "patient"];

/** Where a kind names its patient, if not in `subject` or `patient`. Source: FHIR R4 CompartmentDefinition/patient. */
const otherElements: Readonly<Record<Kind, readonly string[]>> = {
  Appointment: ["participant"],
  AppointmentResponse: ["actor"],
  Binary: ["securityContext"],
  Coverage: ["beneficiary"],
  EnrollmentRequest: ["candidate"],
  Group: ["member"],
  LinkMessage: ["patientReference"],
  Person: ["link"],
  Provenance: ["target"],
  ResearchSubject: ["individual"],
  Schedule: ["actor"],
  Task: ["for"],
};

/** Whom a document concerns, from its text as stored: `Patient/1`. The text is scanned, not parsed. */
export function patientsOfVersion(version: Version): readonly string[] {
  if (version.kind === "Patient") return [`Patient/${version.id}`];
  const text = memberText(version.body, otherElements[version.kind] ?? usualElements);
  return text === undefined || !text.includes("Patient/") ? [] : patientsIn(JSON.parse(text) as Json);
}

/** The same of a body on its way into the record. */
export function patientsOfBody(kind: Kind, body: JsonObject): readonly string[] {
  const found = (otherElements[kind] ?? usualElements).flatMap((name) => patientsIn(body[name] ?? null));
  return [...new Set(found)];
}

/** Whom a search names in its criteria. */
export function patientsOfQuery(query: Query): readonly string[] {
  return [...new Set(query.all.flatMap((clause) => patientsOfClause(query.kind, clause)))];
}

function patientsOfClause(kind: Kind, clause: Clause): readonly string[] {
  switch (clause.is) {
    case "id":
      return kind === "Patient" ? clause.any.map((id) => `Patient/${id}`) : [];
    case "key":
      return clause.any.flatMap((key) => patientsIn(key.slice(key.indexOf("=") + 1)));
    case "refers":
      return clause.all.flatMap((inner) => patientsOfClause(clause.to, inner));
    case "referred":
      return clause.all.flatMap((inner) => patientsOfClause(clause.from, inner));
    case "all":
    case "any":
      return clause.of.flatMap((inner) => patientsOfClause(kind, inner));
    default:
      return [];
  }
}

/** Every patient that these concern, each once. */
export function patientsOfVersions(versions: readonly Version[]): readonly string[] {
  return [...new Set(versions.flatMap(patientsOfVersion))];
}

export function patientsOfKeys(keys: readonly Key[]): readonly string[] {
  return keys.filter((key) => key.kind === "Patient").map((key) => `Patient/${key.id}`);
}

const patientPattern = /^(Patient\/[A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?$/;

/** References lie at most this deep below their element: `participant[0].actor.reference`. */
const depthMax = 4;

function patientsIn(value: Json, depth = 0): readonly string[] {
  if (typeof value === "string") {
    const patient = patientPattern.exec(value)?.[1];
    return patient === undefined ? [] : [patient];
  }
  if (depth >= depthMax) return [];
  if (Array.isArray(value)) return value.flatMap((item: Json) => patientsIn(item, depth + 1));
  return isJsonObject(value) ? Object.values(value).flatMap((member) => patientsIn(member, depth + 1)) : [];
}
