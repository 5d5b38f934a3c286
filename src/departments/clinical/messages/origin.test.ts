/** Times without an offset. Source: HL7 v2.5.1 §2.A.22. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { originOf } from "./origin.ts";

const laboratory = { application: "PATHLAB", facility: "MEADOWLAB", timeZone: "Europe/London" };

test("a wall clock in winter is Greenwich time, in summer an hour ahead", () => {
  const origin = originOf({ ...laboratory, sentAt: "20261123093000" });
  assert.equal(origin.offsetMinutesAt("2026-11-23T09:30:00"), 0);
  assert.equal(origin.offsetMinutesAt("2026-07-01T09:30:00"), 60);
});

test("the clock changes at one in the morning, Greenwich time", () => {
  const origin = originOf({ ...laboratory, sentAt: undefined });
  assert.equal(origin.offsetMinutesAt("2026-03-29T00:59:00"), 0);
  assert.equal(origin.offsetMinutesAt("2026-03-29T02:00:00"), 60);
  assert.equal(origin.offsetMinutesAt("2026-10-25T00:30:00"), 60);
  assert.equal(origin.offsetMinutesAt("2026-10-25T01:30:00"), 60, "it happens twice; the earlier one is taken");
  assert.equal(origin.offsetMinutesAt("2026-10-25T02:00:00"), 0);
});

test("an offset in MSH-7 counts for every time of the message", () => {
  const origin = originOf({ ...laboratory, sentAt: "20261123093000-0215" });
  assert.equal(origin.offsetMinutesAt("2026-07-01T09:30:00"), -135);
});

test("the sender is the application at the facility", () => {
  assert.equal(originOf({ ...laboratory, sentAt: undefined }).sender, "PATHLAB|MEADOWLAB");
  assert.equal(originOf({ ...laboratory, facility: undefined, sentAt: undefined }).sender, "PATHLAB");
});
