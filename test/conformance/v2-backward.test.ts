import assert from "node:assert/strict";
import { test } from "node:test";
import { testData } from "../data.ts";
import { backward, lossesByReason, roundTrips, share } from "./v2-backward.ts";

const samples = testData("hl7v2/samples");

test("four in five rows have a way back by rule, and each of the others a reason", () => {
  const all = [...backward.reversals.values()];
  const none = all.filter((reversal) => reversal.is === "none");
  assert.ok(none.length <= all.length / 5, `${none.length} of ${all.length}`);
  assert.ok(none.every((reversal) => reversal.is === "none" && reversal.reason !== ""));
});

test("every sample order and report is written back, and carries at least three in four of its elements; each of the others has a reason", {
  skip: samples.skip,
}, () => {
  const { failures, messages, elements } = roundTrips();
  assert.deepEqual(failures, []);
  assert.ok(messages >= 8);
  const { of, carried } = share(elements);
  assert.ok(carried >= 0.75 * of, `${carried} of ${of}`);
  assert.deepEqual(
    [...lossesByReason(elements).keys()].filter((reason) => /^[A-Z]\w+\./.test(reason)),
    [],
  );
});
