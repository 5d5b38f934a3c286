/** Runs of the simulator in words. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { RunRow } from "#departments/clinical/api";
import { durationText, lookOf, paceText, trafficText } from "./run-words.ts";

const row = { state: "done" } as RunRow;

test("a run that ended is done only where everything was answered and came out as expected", () => {
  const summary = { unanswered: 0, unreachable: 0 } as NonNullable<RunRow["summary"]>;
  assert.equal(lookOf({ ...row, summary }).word, "Done");
  assert.equal(lookOf({ ...row, summary, notAsExpected: 1 }).word, "Different");
  assert.equal(lookOf({ ...row, summary: { ...summary, unanswered: 1 } }).word, "Unanswered");
  assert.equal(lookOf({ ...row, state: "interrupted" }).word, "Interrupted");
});

test("what was played, and how fast", () => {
  const day = { by: "day", date: "2026-11-20", seed: 1, patients: 300 } as const;
  assert.equal(trafficText({ traffic: day }), "Day of 2026-11-20, 300 patients, seed 1");
  assert.equal(
    trafficText({ traffic: { by: "files", name: "culture.hl7", files: 1, hash: "" } }),
    "culture.hl7 (1 file)",
  );
  assert.equal(paceText({ pace: { by: "speed", times: 1_000 }, connections: 4 }), "×1,000, 4 connections");
  assert.equal(paceText({ pace: { by: "rate", perSecond: 50 }, connections: 1 }), "50 messages a second, 1 connection");
});

test("times are told in the unit that fits", () => {
  assert.deepEqual([12, 1_500, 200_000].map(durationText), ["12 ms", "1.5 s", "3 min 20 s"]);
});
