/** Who sent a message, and what its times mean. Source: HL7 v2.5.1 §2.A.22. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { hospitalTime } from "#kernel";
import { originOf } from "./origin.ts";

const laboratory = {
  application: "PATHLAB",
  facility: "MEADOWLAB",
  offsetMinutesAt: hospitalTime("Europe/London").offsetMinutesAt,
};

test("times without an offset are those of the hospital's clock, in summer an hour ahead", () => {
  const origin = originOf({ ...laboratory, sentAt: "20261123093000" });
  assert.equal(origin.offsetMinutesAt("2026-11-23T09:30:00"), 0);
  assert.equal(origin.offsetMinutesAt("2026-07-01T09:30:00"), 60);
});

test("an offset in MSH-7 counts for every time of the message", () => {
  const origin = originOf({ ...laboratory, sentAt: "20261123093000-0215" });
  assert.equal(origin.offsetMinutesAt("2026-07-01T09:30:00"), -135);
});

test("the sender is the application at the facility", () => {
  assert.equal(originOf({ ...laboratory, sentAt: undefined }).sender, "PATHLAB|MEADOWLAB");
  assert.equal(originOf({ ...laboratory, facility: undefined, sentAt: undefined }).sender, "PATHLAB");
});
