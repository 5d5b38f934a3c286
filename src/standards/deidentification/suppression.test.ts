import assert from "node:assert/strict";
import { test } from "node:test";
import { publishedCount, publishedMean, publishedPercentage, publishedRow } from "./suppression.ts";

// NHS Digital, HES analysis guide: disclosure control below national level.

const counts: readonly (readonly [number, string | undefined])[] = [
  [0, "0"],
  [1, "*"],
  [7, "*"],
  [8, "10"],
  [12, "10"],
  [13, "15"],
  [1_002, "1000"],
  [-1, undefined],
  [2.5, undefined],
];

for (const [count, shown] of counts) {
  test(`a count of ${count} is published as ${shown ?? "nothing, as it is none"}`, () => {
    assert.equal(publishedCount(count), shown);
  });
}

test("a percentage is worked out from the rounded parts, and shows nothing where one of them does not", () => {
  assert.equal(publishedPercentage(13, 48), "30.0"); // 15 of 50
  assert.equal(publishedPercentage(3, 48), "*");
  assert.equal(publishedPercentage(0, 7), "*");
  assert.equal(publishedPercentage(0, 48), "0.0");
  assert.equal(publishedPercentage(12, 8), "100.0");
  assert.equal(publishedPercentage(1, 0), undefined);
});

test("a mean of one to seven values is not shown", () => {
  assert.equal(publishedMean(4.25, 7), "*");
  assert.equal(publishedMean(4.25, 8), "4.3");
  assert.equal(publishedMean(4.25, 0), undefined);
});

test("a row is suppressed value by value", () => {
  assert.deepEqual(publishedRow([0, 3, 21]), ["0", "*", "20"]);
});
