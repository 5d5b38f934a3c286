import assert from "node:assert/strict";
import { test } from "node:test";
import { daysUntil, filledDays, shareText } from "./coverage-days.ts";

test("a span of days counts today, over the change of the clocks too", () => {
  const days = daysUntil(Date.parse("2026-10-26T11:00:00Z"), 3);
  assert.deepEqual(days, ["2026-10-24", "2026-10-25", "2026-10-26"]);
});

test("a day on which nothing came is a day without results", () => {
  const filled = filledDays(["2026-11-21", "2026-11-22"], [{ day: "2026-11-22", results: 10, coded: 9 }]);
  assert.deepEqual(
    filled.map(({ results }) => results),
    [0, 10],
  );
});

test("only what is whole reads as 100 %", () => {
  assert.equal(shareText(9_999, 10_000), "99.9 %");
  assert.equal(shareText(10_000, 10_000), "100 %");
  assert.equal(shareText(0, 0), "no results");
});
