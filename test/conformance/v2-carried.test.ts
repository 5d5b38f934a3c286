import assert from "node:assert/strict";
import { test } from "node:test";
import { testData } from "../data.ts";
import { count } from "./v2-carried.ts";

test("of the values of the samples that say something, more than 96 % are found in the resources", {
  skip: testData("hl7v2/samples").skip,
}, () => {
  const { values, elements, extensions, header, unseen, listed, reasons } = count();
  assert.equal(values, elements + extensions + header + unseen + listed);
  const saying = values - (reasons.administrative ?? 0) - (reasons.blank ?? 0);
  assert.ok((elements + extensions) / saying > 0.96, `${elements + extensions} of ${saying}`);
});
