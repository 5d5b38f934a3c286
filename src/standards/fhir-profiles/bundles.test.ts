/** Source: FHIR R4 §2.36 (Bundle), §3.2.3 (resolving references), §3.3 (documents), §3.4 (messages). */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "#kernel";
import { found } from "./validation-case.ts";

const patient = { resourceType: "Patient", id: "osei" };
const patientUrl = "http://fhir.example.org/Patient/osei";

function bundle(type: string, entry: readonly JsonObject[], rest: JsonObject = {}): JsonObject {
  return { resourceType: "Bundle", type, entry, ...rest };
}

test("a Bundle's type says what its entries have", () => {
  const plain = { fullUrl: patientUrl, resource: patient };
  assert.deepEqual(found(bundle("collection", [plain])), []);
  assert.deepEqual(found(bundle("transaction", [plain])), ["bdl-3 Bundle"]);
  assert.deepEqual(found(bundle("batch-response", [plain])), ["bdl-4 Bundle"]);
  assert.deepEqual(found(bundle("collection", [{ ...plain, search: { mode: "match" } }])), ["bdl-2 Bundle"]);
  assert.deepEqual(found(bundle("collection", [plain], { total: 1 })), ["bdl-1 Bundle"]);
  assert.deepEqual(found(bundle("collection", [{ link: [{ relation: "self", url: "http://x.org" }] }])), [
    "bdl-5 Bundle.entry[0]",
  ]);
});

test("full urls are absolute, unique, and those of the resources", () => {
  const at = (fullUrl: string): JsonObject => ({ fullUrl, resource: patient });
  assert.deepEqual(found(bundle("collection", [at("Patient/osei")])), ["full-url Bundle.entry[0].fullUrl"]);
  assert.deepEqual(found(bundle("collection", [at("http://fhir.example.org/Patient/mensah")])), [
    "full-url Bundle.entry[0].fullUrl",
  ]);
  assert.deepEqual(found(bundle("collection", [at(patientUrl), at(patientUrl)])), ["bdl-7 Bundle"]);
});

test("resources in a Bundle are checked where they stand, with references to the others", () => {
  const pulse = {
    resourceType: "Observation",
    status: "final",
    code: { text: "Pulse" },
    subject: { reference: "urn:uuid:7b1a6b5e-9f3b-4c8f-9d4e-0d6f0a1b2c3d" },
  };
  const right = { fullUrl: pulse.subject.reference, resource: { resourceType: "Patient" } };
  const wrong = { fullUrl: pulse.subject.reference, resource: { resourceType: "Organization", name: "Leeds General" } };
  assert.deepEqual(found(bundle("collection", [right, { resource: pulse }])), []);
  assert.deepEqual(found(bundle("collection", [wrong, { resource: pulse }])), [
    "reference-target-type Bundle.entry[1].resource.subject.reference",
  ]);
});

test("search results have ids and are of the type that was searched", () => {
  const link = [{ relation: "self", url: "http://fhir.example.org/Patient?name=osei" }];
  const match = { mode: "match" };
  assert.deepEqual(
    found(bundle("searchset", [{ fullUrl: patientUrl, resource: patient, search: match }], { link })),
    [],
  );
  const nameless = { resource: { resourceType: "Patient" }, search: match };
  const other = { resource: { resourceType: "Location", id: "1" }, search: match };
  assert.deepEqual(found(bundle("searchset", [nameless, other], { link })), [
    "search-result-id Bundle.entry[0].resource",
    "search-result-type Bundle.entry[1].resource",
  ]);
  assert.deepEqual(found(bundle("searchset", [], { link: [...link, ...link] })), [
    "empty-value Bundle.entry",
    "link-given-twice Bundle.link[1]",
  ]);
});

const letter: JsonObject = {
  resourceType: "Composition",
  id: "letter",
  status: "final",
  type: { text: "Letter" },
  date: "2026-11-23",
  title: "Letter",
  author: [{ reference: "Practitioner/lindqvist" }],
  subject: { reference: "Patient/osei" },
};
const author = {
  fullUrl: "http://fhir.example.org/Practitioner/lindqvist",
  resource: { resourceType: "Practitioner", id: "lindqvist" },
};
const head = { identifier: { system: "urn:x:letters", value: "1" }, timestamp: "2026-11-23T09:30:00Z" };

test("a document starts with a Composition and has all that it points at", () => {
  const first = { fullUrl: "http://fhir.example.org/Composition/letter", resource: letter };
  const subject = { fullUrl: patientUrl, resource: patient };
  assert.deepEqual(found(bundle("document", [first, subject, author], head)), []);
  assert.deepEqual(found(bundle("document", [first, author], head)), [
    "reference-not-in-bundle Bundle.entry[0].resource.subject",
  ]);
  assert.deepEqual(found(bundle("document", [subject, first, author], head)), ["bdl-11 Bundle"]);
  assert.deepEqual(found(bundle("document", [first, subject, author])), ["bdl-9 Bundle", "bdl-10 Bundle"]);
});

test("a message starts with a MessageHeader whose focus it has", () => {
  const header = {
    resourceType: "MessageHeader",
    id: "h",
    eventCoding: { system: "http://example.org/events", code: "admit" },
    source: { endpoint: "http://example.org" },
    focus: [{ reference: "Patient/osei" }],
  };
  const first = { fullUrl: "http://fhir.example.org/MessageHeader/h", resource: header };
  assert.deepEqual(found(bundle("message", [first, { fullUrl: patientUrl, resource: patient }])), []);
  assert.deepEqual(found(bundle("message", [first])), ["reference-not-in-bundle Bundle.entry[0].resource.focus[0]"]);
  assert.deepEqual(found(bundle("message", [{ fullUrl: patientUrl, resource: patient }])), ["bdl-12 Bundle"]);
});
