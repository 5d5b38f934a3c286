/** A small ward of resources in a real record, and the ids that a search at the FHIR door finds among them, for tests. */
import type { JsonObject } from "#kernel";
import { fhirKinds } from "#record";
import { anybody, fhirDoor, type Received } from "./doors/fhir.ts";
import { contextOf } from "./handler-context.ts";
import { freshRecord, type TestRecordOptions } from "./record.ts";

export const loinc = "http://loinc.org";
export const ucum = "http://unitsofmeasure.org";

const coded = (system: string, code: string, display?: string) => ({
  coding: [{ system, code, ...(display === undefined ? {} : { display }) }],
});

const quantity = (value: number, code: string, unit = code) => ({ value, unit, system: ucum, code });

/** A blood pressure: two values that must not be mixed up. */
function pressure(id: string, patient: string, systolic: number, diastolic: number): JsonObject {
  return {
    resourceType: "Observation",
    id,
    status: "final",
    code: coded(loinc, "85354-9", "Blood pressure panel"),
    subject: { reference: `Patient/${patient}` },
    effectiveDateTime: "2026-02-03T10:00:00Z",
    component: [
      { code: coded(loinc, "8480-6"), valueQuantity: quantity(systolic, "mm[Hg]") },
      { code: coded(loinc, "8462-4"), valueQuantity: quantity(diastolic, "mm[Hg]") },
    ],
  };
}

const subject = { reference: "Patient/osei" };

function condition(id: string, clinical: string, verification = "confirmed"): JsonObject {
  const clinicalStatus = coded("http://terminology.hl7.org/CodeSystem/condition-clinical", clinical);
  const verificationStatus = coded("http://terminology.hl7.org/CodeSystem/condition-ver-status", verification);
  return { resourceType: "Condition", id, clinicalStatus, verificationStatus, subject };
}

function allergy(id: string, clinical: string, category: string): JsonObject {
  const clinicalStatus = coded("http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", clinical);
  return { resourceType: "AllergyIntolerance", id, clinicalStatus, category: [category], patient: subject };
}

function request(id: string, status: string, intent: string): JsonObject {
  return { resourceType: "MedicationRequest", id, status, intent, subject, medicationCodeableConcept: { text: id } };
}

export const wardResources: readonly JsonObject[] = [
  { resourceType: "Organization", id: "trust", name: "Northern Trust", active: true },
  { resourceType: "Organization", id: "lab", name: "Laboratory", partOf: { reference: "Organization/trust" } },
  {
    resourceType: "Practitioner",
    id: "lindqvist",
    name: [{ family: "Lindqvist", given: ["Ingrid"] }],
    identifier: [{ system: "urn:gmc", value: "7" }],
  },
  {
    resourceType: "Patient",
    id: "osei",
    meta: { tag: [{ system: "urn:tag", code: "demo", display: "Demonstration data" }] },
    text: { status: "generated", div: '<div xmlns="http://www.w3.org/1999/xhtml"><p>Speaks Twi at home</p></div>' },
    identifier: [
      { system: "urn:nhs", value: "9990000018" },
      { type: coded("urn:types", "MR"), system: "urn:mrn", value: "H-12" },
    ],
    active: true,
    name: [{ family: "Osei", given: ["Adaeze"] }],
    gender: "female",
    birthDate: "1957-03-14",
    generalPractitioner: [{ reference: "Practitioner/lindqvist" }],
    managingOrganization: { reference: "Organization/lab" },
  },
  {
    resourceType: "Patient",
    id: "oneill",
    identifier: [{ system: "urn:nhs", value: "9990000026" }, { value: "H-12" }],
    name: [{ family: "O'Neill", given: ["Seán"] }],
    gender: "male",
    birthDate: "1990-07",
    managingOrganization: {
      reference: "Organization/trust",
      identifier: { system: "urn:ods", value: "RX1" },
      display: "Trust",
    },
  },
  { resourceType: "Patient", id: "nobody", name: [{ text: "Unknown" }] },
  {
    resourceType: "Encounter",
    id: "visit",
    status: "in-progress",
    class: { system: "urn:class", code: "IMP" },
    subject: { reference: "Patient/osei" },
    period: { start: "2026-02-01T08:00:00+01:00" },
    serviceProvider: { reference: "Organization/lab" },
  },
  {
    resourceType: "Observation",
    id: "potassium",
    status: "final",
    code: { ...coded(loinc, "2823-3", "Potassium [Moles/volume]"), text: "Serum potassium" },
    subject: { reference: "Patient/osei" },
    encounter: { reference: "Encounter/visit" },
    performer: [{ reference: "Practitioner/lindqvist" }],
    effectiveDateTime: "2026-02-02",
    valueQuantity: quantity(5.4, "mmol/L"),
  },
  {
    resourceType: "Observation",
    id: "weight",
    status: "preliminary",
    code: coded(loinc, "29463-7", "Body weight"),
    subject: { reference: "Patient/oneill" },
    effectivePeriod: { start: "2026-01-01", end: "2026-01-31" },
    valueQuantity: quantity(80.5, "kg", "kilogram"),
  },
  {
    resourceType: "Observation",
    id: "smoking",
    status: "final",
    code: coded(loinc, "72166-2", "Tobacco smoking status"),
    subject: { reference: "Patient/oneill" },
    valueCodeableConcept: coded("urn:sct", "8517006", "Ex-smoker"),
  },
  pressure("high", "osei", 150, 90),
  pressure("swapped", "oneill", 90, 150),
  {
    resourceType: "RiskAssessment",
    id: "risk",
    status: "final",
    subject: { reference: "Patient/osei" },
    prediction: [{ probabilityDecimal: 0.25 }],
  },
  {
    resourceType: "RiskAssessment",
    id: "range",
    status: "final",
    subject: { reference: "Patient/osei" },
    prediction: [{ probabilityRange: { low: { value: 0.5 }, high: { value: 0.75 } } }],
  },
  {
    resourceType: "ValueSet",
    id: "colours",
    url: "http://example.org/fhir/ValueSet/colours",
    status: "active",
    useContext: [
      { code: { system: "urn:use", code: "focus" }, valueCodeableConcept: coded("urn:sct", "1") },
      { code: { system: "urn:use", code: "age" }, valueQuantity: quantity(18, "a") },
    ],
  },
  {
    resourceType: "ValueSet",
    id: "colours-light",
    url: "http://example.org/fhir/ValueSet/colours/light",
    status: "draft",
    useContext: [
      { code: { system: "urn:use", code: "age" }, valueCodeableConcept: coded("urn:sct", "1") },
      { code: { system: "urn:use", code: "focus" }, valueQuantity: quantity(18, "a") },
    ],
  },
  {
    resourceType: "DocumentReference",
    id: "letter",
    status: "current",
    content: [{ attachment: { title: "Letter" } }],
    relatesTo: [{ code: "replaces", target: { reference: "DocumentReference/draft" } }],
  },
  {
    resourceType: "QuestionnaireResponse",
    id: "answers",
    status: "completed",
    questionnaire: "http://example.org/Questionnaire/q|2.0",
  },
  {
    resourceType: "List",
    id: "round",
    status: "current",
    mode: "working",
    entry: [{ item: { reference: "Patient/osei" } }, { item: { reference: "Patient/nobody" } }],
  },
  condition("asthma", "active"),
  condition("fracture", "resolved"),
  condition("not-diabetes", "active", "refuted"),
  allergy("penicillin", "active", "medication"),
  allergy("nuts", "active", "food"),
  allergy("eggs", "inactive", "food"),
  request("salbutamol", "active", "order"),
  request("ibuprofen", "stopped", "order"),
  request("statin", "active", "proposal"),
  { resourceType: "Location", id: "leeds", position: { latitude: 53.8015, longitude: -1.5518 } },
  { resourceType: "Location", id: "york", position: { latitude: 53.969, longitude: -1.0836 } },
  { resourceType: "Location", id: "west-of-the-date-line", position: { latitude: -17, longitude: 179.95 } },
  { resourceType: "Location", id: "unplaced" },
];

export type Find = (search: string) => Promise<readonly string[]>;

/** The door on a record with these resources, stored in this order, a minute apart. */
export async function searchWard(
  resources: readonly JsonObject[] = wardResources,
  options: Partial<TestRecordOptions> = {},
) {
  const opened = await freshRecord({ kinds: fhirKinds, ...options });
  for (const body of resources) {
    const { resourceType, id } = body as { resourceType: string; id: string };
    const written = await opened.record.transact({ operations: [{ action: "update", kind: resourceType, id, body }] });
    if (!written.ok) throw new Error(JSON.stringify(written.problems));
    opened.clock.advance(60_000);
  }
  const door = fhirDoor(contextOf(opened, anybody));
  return { ...opened, door, find: (search: string) => idsOf(door.send(`GET /${search}`)) };
}

async function idsOf(sent: Promise<Received>): Promise<readonly string[]> {
  const { status, json, text } = await sent;
  if (status !== 200) throw new Error(text);
  const entries = (json.entry ?? []) as unknown as readonly { readonly resource: { readonly id: string } }[];
  return entries.map(({ resource }) => resource.id);
}
