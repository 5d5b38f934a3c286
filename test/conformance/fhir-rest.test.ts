import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fhirKinds } from "#record";
import { anybody, fhirDoor } from "../doors/fhir.ts";
import { contextOf } from "../handler-context.ts";
import { freshRecord } from "../record.ts";
import { examplesFolder } from "./fhir-examples.ts";
import { storeExamples } from "./fhir-rest.ts";

const everyNth = 26;

test("official R4 examples come back as they were sent, one in 26; `npm run conformance -- fhir-rest` takes all", {
  skip: existsSync(examplesFolder) ? false : "npm package hl7.fhir.r4.examples is not installed",
}, async () => {
  const door = fhirDoor(contextOf(await freshRecord({ kinds: fhirKinds }), anybody));
  const { passed, failures } = await storeExamples(door, (_file, index) => index % everyNth === 0);
  assert.deepEqual(failures, []);
  assert.ok(passed > 190, `${passed} examples`);
});
