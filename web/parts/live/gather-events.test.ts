import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import type { LiveEvent } from "#departments/clinical/api";
import { gatherEvents } from "./gather-events.ts";

const report = (position: number): LiveEvent => ({ kinds: ["DiagnosticReport"], position, ids: [`r${position}`] });

describe("Events of a busy link", () => {
  it("hands over the first at once and the rest together", async () => {
    const seen: LiveEvent[] = [];
    const gathered = gatherEvents(20, (event) => seen.push(event));
    gathered.add(report(1));
    assert.deepEqual(seen, [report(1)]);
    gathered.add(report(2));
    gathered.add(report(3));
    assert.equal(seen.length, 1);
    await wait(60);
    assert.deepEqual(seen.slice(1), [{ kinds: ["DiagnosticReport"], position: 3, ids: ["r2", "r3"] }]);
  });

  it("hands over at once again after a quiet time", async () => {
    const seen: number[] = [];
    const gathered = gatherEvents(10, (event) => seen.push(event.position));
    gathered.add(report(1));
    await wait(50);
    gathered.add(report(2));
    assert.deepEqual(seen, [1, 2]);
    gathered.end();
  });

  it("loses nothing when it ends", () => {
    const seen: number[] = [];
    const gathered = gatherEvents(1000, (event) => seen.push(event.position));
    gathered.add(report(1));
    gathered.add(report(2));
    gathered.end();
    assert.deepEqual(seen, [1, 2]);
  });
});
