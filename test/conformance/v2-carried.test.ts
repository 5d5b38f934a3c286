import assert from "node:assert/strict";
import { test } from "node:test";
import { testData } from "../data.ts";
import { count } from "./v2-carried.ts";

test("of the values of the samples, more than 95 % are found in the resources, and 99 % of those that say something", {
  skip: testData("hl7v2/samples").skip,
}, () => {
  const { values, elements, extensions, header, unseen, listed, reasons } = count();
  assert.equal(values, elements + extensions + header + unseen + listed);
  const saying = values - (reasons.administrative ?? 0) - (reasons.blank ?? 0);
  const found = elements + extensions;
  assert.ok(found / values > 0.95, `${found} of ${values}`);
  assert.ok(found / saying > 0.99, `${found} of ${saying}`);
});
