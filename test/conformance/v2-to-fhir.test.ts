import assert from "node:assert/strict";
import { test } from "node:test";
import { testData } from "../data.ts";
import { run } from "./v2-to-fhir.ts";
import { run as fuzz } from "./v2-to-fhir-fuzz.ts";

const samples = testData("hl7v2/samples");

test("all sample messages are mapped without a throw, to sound resources, with every value accounted for", {
  skip: samples.skip,
}, async () => {
  assert.deepEqual(await run(), { passed: 139, total: 139, excluded: 0, failures: [] });
});

test("250 mutated messages give sound resources or none; `npm run conformance -- v2-to-fhir-fuzz` takes 100,000", async () => {
  assert.deepEqual(await fuzz(250), { passed: 250, total: 250, excluded: 0, failures: [] });
});
