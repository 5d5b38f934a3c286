/** Source: FHIR R4 §5.1.0.11 (snapshots). */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type JsonObject, limits } from "#kernel";
import { openDefinitions } from "./definitions.ts";
import { foundBy, profileOf, testedAt } from "./validation-case.ts";
import { openValidator } from "./validator.ts";

const folder = join(import.meta.dirname, "../../../node_modules/hl7.fhir.r4.examples");
const skip = existsSync(folder) ? false : "npm package hl7.fhir.r4.examples is not installed";

function read(pattern: RegExp): readonly JsonObject[] {
  const files = readdirSync(folder).filter((file) => pattern.test(file));
  return files.map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as JsonObject);
}

test("R4's own profiles and extensions have a place for every element of their differentials", { skip }, () => {
  const definitions = openDefinitions([]);
  const urls = read(/^StructureDefinition-/)
    .filter(({ derivation }) => derivation === "constraint")
    .map(({ url }) => String(url));
  assert.ok(urls.length > 400, `${urls.length} definitions`);
  for (const url of urls) assert.deepEqual(definitions.find(url)?.flaws, [], url);
});

test("a differential laid over its base asks for what the published snapshot asks", { skip }, () => {
  const published = read(/^StructureDefinition-/).filter(({ derivation }) => derivation === "constraint");
  const byDifferential = openValidator();
  const bySnapshot = openValidator({ definitions: published });
  const resources = read(/^(?:Observation|DiagnosticReport|Questionnaire|Patient)-/);
  assert.ok(resources.length > 80, `${resources.length} resources`);
  for (const resource of resources) {
    const request = { now: testedAt };
    assert.deepEqual(
      byDifferential.validate(resource, request),
      bySnapshot.validate(resource, request),
      String(resource.id),
    );
  }
});

test("resources that point at each other, each by a profile that asks for the other, are checked once", () => {
  const linked = profileOf("Patient", "linked", [
    {
      id: "Patient.link.other",
      path: "Patient.link.other",
      type: [{ code: "Reference", targetProfile: ["http://example.org/StructureDefinition/linked"] }],
    },
  ]);
  const count = 40;
  const url = (number: number): string => `http://fhir.example.org/Patient/${number}`;
  const link = Array.from({ length: count }, (_, number) => ({ other: { reference: url(number) }, type: "seealso" }));
  const patients = new Map(
    Array.from({ length: count }, (_, number) => [url(number), { resourceType: "Patient", id: `${number}`, link }]),
  );
  const resolve = (reference: string): JsonObject | undefined => patients.get(reference);
  assert.deepEqual(foundBy(linked, { resourceType: "Patient", link }, { resolve }), []);
  assert.ok(count * count < limits.validationTrialsMax);
});

test("a definition of anything at all does not make the validator throw", () => {
  const odd: readonly JsonObject[] = [
    { ...profileOf("Patient", "odd", []), differential: { element: [{ id: 3 }, { path: "" }, { path: "x.y.z" }, 4] } },
    {
      ...profileOf("Patient", "odd", []),
      snapshot: { element: [{ id: "Patient..name", slicing: 1, max: "x", min: "1" }] },
    },
    { ...profileOf("Patient", "odd", []), baseDefinition: "http://example.org/StructureDefinition/odd" },
    profileOf("Patient", "odd", [
      { id: "Patient.name", path: "Patient.name", constraint: [{ key: "o", expression: "((" }] },
    ]),
    profileOf("Patient", "odd", [
      { id: "Patient.name:a", path: "Patient.name", sliceName: "a", slicing: { discriminator: 1 } },
    ]),
  ];
  for (const definition of odd)
    assert.ok(Array.isArray(foundBy(definition, { resourceType: "Patient", name: [{ family: "Osei" }] })));
});
