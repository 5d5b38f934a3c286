import { type Instant, type JsonObject, toIso } from "#kernel";
import type { ConsentChoice, ConsentSubject } from "../../consent-api.ts";
import { roleSystem } from "../asker.ts";

const system = "http://terminology.hl7.org/CodeSystem";

/** The kinds of documents that each subject stands for; none for all. */
export const subjectKinds: Readonly<Record<ConsentSubject, readonly string[]>> = {
  everything: [],
  results: ["Observation", "DiagnosticReport", "Specimen", "ServiceRequest"],
  documents: ["DocumentReference", "Composition", "DocumentManifest"],
  problems: ["Condition", "AllergyIntolerance", "Procedure", "FamilyMemberHistory"],
  medicines: [
    "MedicationRequest",
    "MedicationStatement",
    "MedicationAdministration",
    "MedicationDispense",
    "Immunization",
  ],
  images: ["ImagingStudy", "Media"],
  visits: ["Encounter", "EpisodeOfCare", "Appointment"],
};

/** What was chosen on the page, as an active Consent about privacy. */
export function consentOf(
  { decision, roles, subject, until }: ConsentChoice,
  patient: string,
  now: Instant,
): JsonObject {
  const kinds = subjectKinds[subject];
  return {
    resourceType: "Consent",
    status: "active",
    scope: concept(`${system}/consentscope`, "patient-privacy"),
    category: [concept("http://loinc.org", "59284-0")],
    patient: { reference: patient },
    dateTime: toIso(now),
    policyRule: concept(`${system}/v3-ActCode`, "OPTIN"),
    provision: {
      type: decision,
      ...(until === undefined ? {} : { period: { end: until } }),
      ...(roles.length === 0 ? {} : { actor: roles.map(roleActor) }),
      ...(kinds.length === 0
        ? {}
        : { class: kinds.map((code) => ({ system: "http://hl7.org/fhir/resource-types", code })) }),
    },
  };
}

function roleActor(value: string): JsonObject {
  return {
    role: concept(`${system}/v3-ParticipationType`, "IRCP"),
    reference: { identifier: { system: roleSystem, value } },
  };
}

function concept(of: string, code: string): JsonObject {
  return { coding: [{ system: of, code }] };
}
