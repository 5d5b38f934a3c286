import assert from "node:assert/strict";
import { test } from "node:test";
import { testData } from "../data.ts";
import { run } from "./dicom.ts";

test("every DICOM file comes out as it went in, byte for byte, or has a reason", {
  skip: testData("dicom").skip,
}, async () => {
  const { failures, passed, excluded } = await run();
  assert.deepEqual(failures, []);
  assert.deepEqual({ passed, excluded }, { passed: 128, excluded: 6 });
});
