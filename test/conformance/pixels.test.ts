import assert from "node:assert/strict";
import { test } from "node:test";
import { testData } from "../data.ts";
import { run } from "./pixels.ts";

test("every picture is shown or says why not, is what its references are, and comes through every lossless syntax", {
  skip: testData("dicom").skip,
}, async () => {
  const { failures, passed, excluded } = await run({ isShort: true });
  assert.deepEqual(failures, []);
  assert.deepEqual({ passed, excluded }, { passed: 206, excluded: 27 });
});
