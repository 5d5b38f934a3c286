/** Source: FHIR R4 §4.8 (CodeSystem), §4.9 (ValueSet), §3.1.3 (SearchParameter), §5.1 (StructureDefinition). */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "#kernel";
import { found, profileOf } from "./validation-case.ts";

const wards: JsonObject = {
  resourceType: "CodeSystem",
  url: "http://example.org/wards",
  name: "Wards",
  status: "active",
  content: "complete",
  property: [{ code: "beds", type: "integer" }],
  concept: [{ code: "4", property: [{ code: "beds", valueInteger: 12 }], concept: [{ code: "4a" }] }],
};

test("a code system's count, supplements and properties fit together", () => {
  assert.deepEqual(found({ ...wards, count: 2 }), []);
  assert.deepEqual(found({ ...wards, count: 3 }), ["concept-count CodeSystem.count"]);
  assert.deepEqual(found({ ...wards, supplements: "http://loinc.org" }), ["supplement-content CodeSystem.content"]);
  const concept = [{ code: "4", property: [{ code: "beds", valueString: "12" }] }];
  assert.deepEqual(found({ ...wards, concept }), ["property-type CodeSystem.concept[0].property[0]"]);
});

test("a value set names code systems by absolute uris, and codes that they may have", () => {
  const including = (include: JsonObject): JsonObject => ({
    resourceType: "ValueSet",
    status: "active",
    compose: { include: [include] },
  });
  assert.deepEqual(found(including({ system: "http://example.org/wards" })), []);
  assert.deepEqual(found(including({ system: "#wards" })), ["system-not-absolute ValueSet.compose.include[0].system"]);
  assert.deepEqual(found(including({ system: "http://snomed.info/sct", concept: [{ code: "1" }] })), [
    "unknown-code ValueSet.compose.include[0].concept[0]",
  ]);
  const filter = [{ property: "concept", op: "is-a", value: "something" }];
  assert.deepEqual(found(including({ system: "http://snomed.info/sct", filter })), [
    "unknown-code ValueSet.compose.include[0].filter[0]",
  ]);
});

test("a search parameter keeps to the one it is derived from, and a composite has parts", () => {
  const derived: JsonObject = {
    resourceType: "SearchParameter",
    url: "http://example.org/SearchParameter/name",
    name: "Name",
    status: "active",
    description: "Names",
    code: "name",
    base: ["Organization"],
    type: "string",
    expression: "Organization.name",
    derivedFrom: "http://hl7.org/fhir/SearchParameter/Organization-name",
  };
  assert.deepEqual(found(derived), []);
  assert.deepEqual(found({ ...derived, type: "token" }), ["derived-search-parameter SearchParameter.type"]);
  assert.deepEqual(found({ ...derived, base: ["Patient"] }), ["derived-search-parameter SearchParameter.base"]);
  const { derivedFrom: _, ...own } = derived;
  assert.deepEqual(found({ ...own, type: "composite" }), ["composite-components SearchParameter.component"]);
});

test("a differential has a place in its base for each of its elements", () => {
  assert.deepEqual(
    found(profileOf("Patient", "right", [{ id: "Patient.name.family", path: "Patient.name.family", min: 1 }])),
    [],
  );
  for (const [id, path] of [
    ["Patient.colour", "Patient.colour"],
    ["Patient.name", "Patient.gender"],
    ["Patient.deceasedColour", "Patient.deceasedColour"],
  ] as const) {
    assert.deepEqual(found(profileOf("Patient", "wrong", [{ id, path }])), [
      "no-snapshot StructureDefinition.differential",
    ]);
  }
});
