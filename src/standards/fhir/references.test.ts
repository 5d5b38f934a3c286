/** Source: FHIR R4 §2.3 (references), §3.1.0.11.2 (replacing them in a transaction). */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { DocumentReference, Observation, Resource } from "./generated/types.ts";
import { parseReference } from "./reference.ts";
import { referencesOf, rewriteReferences } from "./references.ts";

const patientUrn = "urn:uuid:7f3c0b3e-0000-4000-8000-000000000001";
const binaryUrn = "urn:uuid:7f3c0b3e-0000-4000-8000-000000000002";
const targets = new Map([
  [patientUrn, "Patient/1"],
  [binaryUrn, "Binary/2"],
  ["Practitioner?identifier=urn:gmc|77", "Practitioner/3"],
]);

const observation: Observation = {
  resourceType: "Observation",
  status: "final",
  code: { text: "Potassium" },
  subject: { reference: patientUrn },
  performer: [{ display: "Laboratory" }, { reference: "Practitioner?identifier=urn:gmc|77" }],
  contained: [{ resourceType: "Specimen", id: "s", subject: { reference: patientUrn } }],
  extension: [{ url: "http://example.org/seen-by", valueReference: { reference: "Practitioner/9" } }],
};

test("references are found with their place and the types they may have", () => {
  const found = referencesOf(observation).map(({ where, target }) => `${where} ${target}`);
  assert.deepEqual(found, [
    `Observation.subject ${patientUrn}`,
    "Observation.performer[1] Practitioner?identifier=urn:gmc|77",
    `Observation.contained[0].subject ${patientUrn}`,
    "Observation.extension[0].value.ofType(Reference) Practitioner/9",
  ]);
  assert.deepEqual(referencesOf(observation)[0]?.types, ["Patient", "Group", "Device", "Location"]);
});

test("references are rewritten wherever they are, and the resource given stays as it was", () => {
  const before = structuredClone(observation);
  const after = rewriteReferences(observation, targets);
  assert.deepEqual(
    referencesOf(after).map((link) => link.target),
    ["Patient/1", "Practitioner/3", "Patient/1", "Practitioner/9"],
  );
  assert.deepEqual(observation, before);
});

test("addresses of attachments and links in narratives are rewritten too, other text is not", () => {
  const document: DocumentReference = {
    resourceType: "DocumentReference",
    status: "current",
    identifier: [{ system: "urn:ietf:rfc:3986", value: binaryUrn }],
    text: { status: "generated", div: `<div><a href="${binaryUrn}">letter</a> ${binaryUrn}</div>` },
    content: [{ attachment: { url: binaryUrn, title: binaryUrn } }],
  };
  const after = rewriteReferences(document, targets);
  assert.equal(after.content[0]?.attachment.url, "Binary/2");
  assert.equal(after.content[0]?.attachment.title, binaryUrn);
  assert.equal(after.identifier?.[0]?.value, binaryUrn);
  assert.equal(after.text?.div, `<div><a href="Binary/2">letter</a> ${binaryUrn}</div>`);
});

test("a resource without anything to rewrite is returned itself", () => {
  assert.equal(rewriteReferences(observation, new Map([["urn:uuid:other", "Patient/2"]])), observation);
});

test("resources inside a Bundle are rewritten", () => {
  const bundle: Resource = {
    resourceType: "Bundle",
    type: "collection",
    entry: [{ fullUrl: patientUrn, resource: observation }],
  };
  assert.deepEqual(referencesOf(rewriteReferences(bundle, targets))[0], {
    where: "Bundle.entry[0].resource.subject",
    target: "Patient/1",
    kind: "reference",
    types: ["Patient", "Group", "Device", "Location"],
  });
});

test("what has a wrong form is passed over", () => {
  const broken: Resource = { resourceType: "Observation", subject: [null, { reference: 7 }, "x"], text: { div: 3 } };
  assert.deepEqual(referencesOf(broken), []);
  assert.equal(rewriteReferences(broken, targets), broken);
});

test("a literal reference is read into type, id, version and base", () => {
  assert.deepEqual(parseReference("Patient/1"), { base: undefined, type: "Patient", id: "1", version: undefined });
  assert.deepEqual(parseReference("https://example.org/fhir/Patient/1/_history/2"), {
    base: "https://example.org/fhir",
    type: "Patient",
    id: "1",
    version: "2",
  });
  for (const other of ["#p", patientUrn, "Patient?identifier=1", "Patient", "patient/1", "Patient/a b", "/Patient/1"]) {
    assert.equal(parseReference(other), undefined, other);
  }
});
