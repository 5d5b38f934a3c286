import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { openTestTerminology } from "../terminology.ts";
import { examplesFolder } from "./fhir-examples.ts";
import { validateExamples } from "./fhir-validate.ts";

const everyNth = 9;

test("official R4 examples have no errors, one in nine; `npm run conformance -- fhir-validate` takes all", {
  skip: existsSync(examplesFolder) ? false : "npm package hl7.fhir.r4.examples is not installed",
}, async () => {
  const { terminology } = await openTestTerminology();
  const { passed, failures } = validateExamples(terminology.check, (_file, index) => index % everyNth === 0);
  assert.deepEqual(failures, []);
  assert.ok(passed > 500, `${passed} examples`);
});
