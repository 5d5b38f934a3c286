import assert from "node:assert/strict";
import { test } from "node:test";
import { testData } from "../data.ts";
import { run } from "./fhirpath.ts";

const folder = testData("fhirpath");

test("the official FHIRPath suite for R4 passes, but for what docs/conformance/fhirpath.md excludes", {
  skip: folder.skip,
}, async () => {
  const { passed, total, excluded, failures } = await run();
  assert.deepEqual(failures, []);
  assert.equal(passed + excluded, total);
  assert.ok(total > 900, `${total} cases`);
});
