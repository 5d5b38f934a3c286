/** A small hospital with every relationship and every label, for the matrix of who sees what. */
import type { JsonObject } from "#kernel";
import type { Operation } from "#record";
import { aLinkMessage } from "../builders/link-message.ts";
import { aCarer, aCareTeam, caringFor } from "../builders/relationship.ts";

export type Label = "none" | "restricted" | "sealed";
export type Basis = "nothing" | "gp" | "stay" | "staff number" | "team" | "ward" | "order" | "own word" | "glass";

export interface Subject {
  readonly id: string;
  /** Whether those with a basis have it for this patient. */
  readonly isNear: boolean;
  readonly label: Label;
  /** Has said that nobody may see their diagnoses. */
  readonly hasSaid: boolean;
}

/** One document of which it is asked who sees it. */
export interface Item {
  readonly kind: string;
  readonly id: string;
  readonly patient: Subject;
  readonly label: Label;
  readonly isLaboratory: boolean;
}

const labels: readonly Label[] = ["none", "restricted", "sealed"];

export const subjects: readonly Subject[] = [true, false].flatMap((isNear) => {
  const where = isNear ? "near" : "far";
  return [
    ...labels.map((label) => ({ id: `${where}-${label}`, isNear, label, hasSaid: false })),
    { id: `${where}-said`, isNear, label: "none" as const, hasSaid: true },
  ];
});

export const items: readonly Item[] = subjects.flatMap((patient): Item[] => [
  { kind: "Patient", id: patient.id, patient, label: "none", isLaboratory: false },
  { kind: "Condition", id: `condition-${patient.id}`, patient, label: "none", isLaboratory: false },
  ...labels.flatMap((label) =>
    [true, false].map((isLaboratory): Item => {
      const id = `${isLaboratory ? "lab" : "vital"}-${label}-${patient.id}`;
      return { kind: "Observation", id, patient, label, isLaboratory };
    }),
  ),
]);

/** For each of them a message that wrote it, with a word that nothing else says. */
export const messages: readonly (Item & { readonly wrote: Item; readonly word: string })[] = items.map((wrote) => {
  const { patient, isLaboratory } = wrote;
  const id = `message-${wrote.kind}-${wrote.id}`;
  return { kind: "LinkMessage", id, patient, label: "none", isLaboratory, wrote, word: wordOf(id) };
});

function wordOf(id: string): string {
  return id.replaceAll(/[^a-z]/gi, "").toLowerCase();
}

const confidentiality = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";

function marked(label: Label): JsonObject {
  if (label === "none") return {};
  return { meta: { security: [{ system: confidentiality, code: label === "sealed" ? "V" : "R" }] } };
}

/** As somebody asks who knows the patient. */
export function whoIs({ id }: Subject): JsonObject {
  return { name: [{ family: `Family-${id}`, given: ["Ann"] }], birthDate: "1970-01-01", gender: "female" };
}

function bodyOf({ kind, patient, label, isLaboratory }: Item): JsonObject {
  const subject = { reference: `Patient/${patient.id}` };
  if (kind === "Patient") {
    const nearOnes = patient.isNear ? { generalPractitioner: [{ reference: "Practitioner/gp" }] } : {};
    return { ...marked(patient.label), ...whoIs(patient), ...nearOnes };
  }
  if (kind === "Condition") return { subject, code: { text: "asthma" } };
  const category = isLaboratory ? "laboratory" : "vital-signs";
  return {
    ...marked(label),
    status: "final",
    category: [{ coding: [{ system: "http://terminology.hl7.org/CodeSystem/observation-category", code: category }] }],
    code: { coding: [{ system: "http://loinc.org", code: "718-7" }] },
    subject,
    valueQuantity: { value: 120, unit: "g/L" },
  };
}

/** What somebody with each basis is known by. */
export const carers: readonly Basis[] = [
  "nothing",
  "gp",
  "stay",
  "staff number",
  "team",
  "ward",
  "order",
  "own word",
  "glass",
];

export function userOf(basis: Basis): string {
  return basis.replaceAll(" ", "-");
}

export function messageWrites(): readonly ReturnType<typeof aLinkMessage>[] {
  return messages.map(({ id, patient, wrote, word }) =>
    aLinkMessage({
      id,
      text: `MSH|^~\\&|LAB|MEADOW|||20260302||ORU^R01|${id}|P|2.4\rNTE|1||${word}\r`,
      fields: {
        controlId: id,
        patientReference: `Patient/${patient.id}`,
        patient: { hospitalNumbers: [] },
        orders: [],
        resources: [{ kind: wrote.kind, id: wrote.id, version: 1, effect: "created" }],
      },
    }),
  );
}

/** All that the hospital is, in writings of the record that leave no trace. */
export function hospitalOperations(): readonly Operation[] {
  const put = (kind: string, id: string, body: JsonObject): Operation => ({ action: "update", kind, id, body });
  return [
    ...items.map((item) => put(item.kind, item.id, bodyOf(item))),
    ...carers.map((basis) => put("User", userOf(basis), accountOf(basis))),
    ...Object.entries(others).map(([user, role]) => put("User", user, aCarer(user, role))),
    put("Practitioner", "staff-number", { identifier: [{ system: "urn:staff", value: "C1" }] }),
    put("Location", "ward", { name: "Ward 7", identifier: [{ system: "urn:places", value: "Ward 7" }] }),
    ...subjects.filter(({ hasSaid }) => hasSaid).map(({ id }) => put("Consent", `said-${id}`, noDiagnoses(id))),
    ...subjects.filter(({ isNear }) => isNear).flatMap((patient) => relationshipsOf(patient, put)),
  ];
}

function noDiagnoses(patient: string): JsonObject {
  const ofConditions = { system: "http://hl7.org/fhir/resource-types", code: "Condition" };
  return {
    status: "active",
    scope: { coding: [{ system: "http://terminology.hl7.org/CodeSystem/consentscope", code: "patient-privacy" }] },
    category: [{ text: "privacy" }],
    patient: { reference: `Patient/${patient}` },
    provision: { type: "deny", class: [ofConditions] },
  };
}

/** Whose work is not to care for patients. */
export const others = {
  coder: "clinical-coding-and-auditing",
  links: "pathology-links-manager",
  clerk: "administrative-assistant",
  librarian: "librarian",
} as const;

function accountOf(basis: Basis): JsonObject {
  const user = userOf(basis);
  const account = aCarer(user, "doctor");
  return basis === "ward" ? { ...account, caring: { wards: ["Location/ward"] } } : account;
}

function relationshipsOf({ id }: Subject, put: (kind: string, id: string, body: JsonObject) => Operation): Operation[] {
  const subject = { reference: `Patient/${id}` };
  const stay = { status: "in-progress", class: { code: "IMP" }, subject };
  const of = (practitioner: JsonObject): JsonObject => ({ ...stay, participant: [{ individual: practitioner }] });
  const bed = { identifier: { system: "urn:places", value: "Ward 7/Bay 1/Bed 2" } };
  const order = { status: "active", intent: "order", subject, requester: { reference: "Practitioner/order" } };
  return [
    put("Encounter", `stay-${id}`, of({ reference: "Practitioner/stay" })),
    put("Encounter", `number-${id}`, of({ identifier: { system: "urn:staff", value: "C1" } })),
    put("Encounter", `bed-${id}`, { ...stay, location: [{ status: "active", location: bed }] }),
    put("CareTeam", `team-${id}`, aCareTeam(id, "team")),
    put("ServiceRequest", `order-${id}`, order),
    put("Relationship", `word-${id}`, caringFor("User/own-word", id)),
    put("Relationship", `glass-${id}`, { ...caringFor("User/glass", id), basis: "break-glass" }),
  ];
}
