import assert from "node:assert/strict";
import { test } from "node:test";
import { testData } from "../data.ts";
import { runCases } from "./fhir-patch.ts";

const found = testData("patch");

test("the published cases of patches are done as they say", { skip: found.skip }, () => {
  const { passed, total, failures } = runCases(found.path);
  assert.deepEqual(failures, []);
  assert.equal(passed, total);
  assert.ok(total >= 49, `${total} cases`);
});
