import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { examplesFolder } from "./fhir-examples.ts";
import { checkRoundTrips } from "./fhir-xml.ts";

test("the official R4 examples that are no definitions are the same after XML; `npm run conformance -- fhir-xml` takes all", {
  skip: existsSync(examplesFolder) ? false : "npm package hl7.fhir.r4.examples is not installed",
}, () => {
  const definitions = /^(Bundle|CodeSystem|ConceptMap|SearchParameter|StructureDefinition|ValueSet)-/;
  const { passed, failures } = checkRoundTrips((file) => !definitions.test(file));
  assert.deepEqual(failures, []);
  assert.ok(passed > 600, `${passed} examples`);
});
