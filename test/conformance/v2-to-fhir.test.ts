import assert from "node:assert/strict";
import { test } from "node:test";
import { testData } from "../data.ts";
import { run } from "./v2-to-fhir.ts";

const samples = testData("hl7v2/samples");

test("all sample messages are mapped without a throw, to sound resources, with every value accounted for", {
  skip: samples.skip,
}, async () => {
  assert.deepEqual(await run(), { passed: 139, total: 139, excluded: 0, failures: [] });
});
