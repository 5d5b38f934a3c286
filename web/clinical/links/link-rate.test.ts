import assert from "node:assert/strict";
import { test } from "node:test";
import { expiryOf } from "./expiry.ts";
import { lagOf, ratesOf } from "./link-rate.ts";

const now = Date.parse("2026-11-23T09:30:00.000Z");

test("a rate is of the last whole minute and of the last sixty", () => {
  const perMinute = Array.from({ length: 120 }, (_, minute): number => (minute < 60 ? 100 : 1)).with(118, 7);
  assert.deepEqual(ratesOf({ perMinute }), { minute: 7, hour: 66 });
  assert.deepEqual(ratesOf({ perMinute: [] }), { minute: 0, hour: 0 });
});

test("a link lags by what waits longest at one of its own destinations", () => {
  const waiting = [
    { name: "gp", title: "GP", oldestQueuedAt: "2026-11-23T09:28:00.000Z" },
    { name: "renal", title: "Renal unit", oldestQueuedAt: "2026-11-23T09:00:00.000Z" },
    { name: "other", title: "Other", oldestQueuedAt: "2026-11-22T09:00:00.000Z" },
  ];
  assert.deepEqual(lagOf({ destinations: ["gp", "renal"] }, waiting, now), { minutes: 30, destination: "Renal unit" });
  assert.equal(lagOf({ destinations: [] }, waiting, now), undefined);
});

test("a certificate warns a month before it expires", () => {
  assert.deepEqual(expiryOf("2027-06-01T00:00:00.000Z", now), { tone: "plain", words: "expires" });
  assert.deepEqual(expiryOf("2026-12-03T10:00:00.000Z", now), { tone: "warn", words: "expires in 10 days" });
  assert.deepEqual(expiryOf("2026-11-23T09:00:00.000Z", now), { tone: "bad", words: "expired" });
});
