import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { checkExamples, examplesFolder } from "./fhir-examples.ts";

test("the official R4 examples that are no definitions pass; `npm run conformance -- fhir-examples` takes all", {
  skip: existsSync(examplesFolder) ? false : "npm package hl7.fhir.r4.examples is not installed",
}, () => {
  const definitions = /^(Bundle|CodeSystem|ConceptMap|SearchParameter|StructureDefinition|ValueSet)-/;
  const { passed, failures } = checkExamples((file) => !definitions.test(file));
  assert.deepEqual(failures, []);
  assert.ok(passed > 600, `${passed} examples`);
});
