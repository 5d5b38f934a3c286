import type { ExplanationView, PolicyTableView, RelationshipView, ReviewsView } from "#access/api";
import type { PatientIdentity } from "#departments/clinical/api";
import { json, notFound, type Row } from "./reply.ts";
import { whitlock } from "./ward.ts";

const policyTable: PolicyTableView = {
  actions: ["read", "search", "history", "create", "update", "delete"],
  roles: [
    {
      name: "doctor",
      title: "Doctor",
      why: "Sees the patients of their care teams, stays, wards and referrals.",
      seesRestricted: false,
      seesSealed: false,
      rows: [
        {
          name: "orders-and-results",
          title: "Orders and results",
          kinds: ["ServiceRequest", "DiagnosticReport", "Observation", "Specimen"],
          reach: ["cared-for", "cared-for", "cared-for", "cared-for", "cared-for", "nobody"],
        },
        {
          name: "directory",
          title: "Directory of the hospital",
          kinds: ["Organization", "Location", "Practitioner", "PractitionerRole"],
          reach: ["all", "all", "all", "nobody", "nobody", "nobody"],
        },
      ],
    },
    {
      name: "librarian",
      title: "Librarian",
      why: "Reads nothing about patients, unless they care for them.",
      seesRestricted: false,
      seesSealed: false,
      rows: [],
    },
  ],
  restrictedLabels: ["restricted", "mental health", "member of staff"],
  sealedLabels: ["very restricted: sealed"],
};

const explanation: ExplanationView = {
  allowed: false,
  decidedBy: "sealed and restricted items",
  user: { reference: "User/lindqvist", display: "Dr Ingrid Lindqvist", roles: ["Doctor"] },
  action: "read",
  document: "Observation/k-22",
  patients: ["Patient/osei"],
  steps: [
    { rule: "account", says: "silent", reasons: [] },
    { rule: "policy", says: "allows", reasons: [{ text: "Orders and results: Doctor may read." }] },
    { rule: "scopes of the token", says: "silent", reasons: [] },
    {
      rule: "legitimate relationship",
      says: "allows",
      reasons: [{ text: "A stay of the patient names them", by: "Encounter/stay-osei-2026" }],
    },
    {
      rule: "sealed and restricted items",
      says: "denies",
      reasons: [{ text: "Labelled very restricted: sealed.", by: "Observation/k-22" }],
    },
    { rule: "what the patient said", says: "silent", reasons: [] },
  ],
};

const glass: RelationshipView = {
  id: "rel1",
  version: 1,
  basis: "break-glass",
  actor: "User/lindqvist",
  actorName: "Dr Ingrid Lindqvist",
  patient: "Patient/whitlock",
  reason: {
    code: "emergency",
    title: "Emergency: the patient's life or health is in danger",
    text: "Found unconscious at home, no history known in resus.",
  },
  from: "2026-11-23T02:10:00.000Z",
  until: "2026-11-23T06:10:00.000Z",
  isOwn: false,
  review: { state: "open", weight: 3 },
};

const word: RelationshipView = {
  ...glass,
  id: "rel2",
  basis: "claimed",
  actor: "User/amadi",
  actorName: "Ruth Amadi",
  patient: "Patient/osei",
  reason: { code: "advice", title: "A colleague asked me for advice", text: "" },
  isOwn: true,
  review: { state: "open", weight: 1 },
};

const judged: RelationshipView = {
  ...glass,
  id: "rel3",
  isOwn: false,
  review: {
    state: "done",
    weight: 3,
    outcome: "appropriate",
    note: "Spoke to the consultant on call.",
    byName: "Ruth Amadi",
    at: "2026-11-22T11:00:00.000Z",
  },
};

const identities: readonly PatientIdentity[] = [
  { patient: { ...whitlock, id: "closed", name: "PRENTICE, Eleanor (Ms)" }, isSealed: false },
  { patient: { ...whitlock, id: "sealed", name: "HOLLOWAY, Marcus (Mr)" }, isSealed: true },
];

/** Who may see what: the rules, a broken glass and a claim that wait, and two charts that do not open. */
export const accessReplies: readonly Row[] = [
  ["GET", /^\/api\/access\/policy-table$/, () => json(policyTable)],
  ["GET", /^\/api\/access\/explanation$/, () => json(explanation)],
  [
    "GET",
    /^\/api\/access\/reviews$/,
    ({ query }) => json({ reviews: query.get("state") === "done" ? [judged] : [glass, word] } satisfies ReviewsView),
  ],
  ["GET", /^\/api\/clinical\/patients\/(closed|sealed)\/(?!identity$).+$/, () => notFound],
  [
    "GET",
    /^\/api\/clinical\/patients\/([\w-]+)\/identity$/,
    (_, [id]) => json(identities.find(({ patient }) => patient.id === id)),
  ],
];
