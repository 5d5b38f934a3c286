import assert from "node:assert/strict";
import { test } from "node:test";
import { dayAfter, localTime, offsetMinutes, startOfDay } from "./hospital-time.ts";

test("clocks are those of the hospital in winter and in summer", () => {
  assert.deepEqual(localTime(Date.parse("2026-11-23T09:30:00Z")), { date: "2026-11-23", clock: "09:30" });
  assert.deepEqual(localTime(Date.parse("2026-07-01T23:30:00Z")), { date: "2026-07-02", clock: "00:30" });
  assert.equal(offsetMinutes(Date.parse("2026-07-01T12:00:00Z")), 60);
});

test("a day starts at its own midnight, also when the clocks change on it", () => {
  assert.equal(startOfDay("2026-11-23"), Date.parse("2026-11-23T00:00:00Z"));
  assert.equal(startOfDay("2026-07-01"), Date.parse("2026-06-30T23:00:00Z"));
  assert.equal(startOfDay("2026-03-29"), Date.parse("2026-03-29T00:00:00Z"));
  assert.equal(startOfDay("2026-10-25"), Date.parse("2026-10-24T23:00:00Z"));
  assert.equal(dayAfter("2026-02-28"), "2026-03-01");
});
