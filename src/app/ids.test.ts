import assert from "node:assert/strict";
import test from "node:test";
import { fixedClock, isId } from "#kernel";
import { uuidsInOrder } from "./ids.ts";

test("an id is a UUID of version 7 that begins with the time", () => {
  const clock = fixedClock("2026-11-23T09:30:00.000Z");
  const id = uuidsInOrder(clock, () => "01234567-89ab-4def-bfff-ffffffffffff").next();
  assert.equal(id, "01a207bd-a9c0-7000-bfff-ffffffffffff");
  assert.ok(isId(id));
});

test("ids sort in the order they were made, within a millisecond and when the clock goes back", () => {
  const clock = fixedClock("2026-11-23T09:30:00.000Z");
  const ids = uuidsInOrder(clock);
  const made: string[] = [];
  for (let count = 0; count < 10_000; count += 1) made.push(ids.next());
  clock.advance(-60_000);
  for (let count = 0; count < 10_000; count += 1) made.push(ids.next());
  clock.advance(3_600_000);
  made.push(ids.next());
  assert.deepEqual([...made].sort(), made);
  assert.equal(new Set(made).size, made.length);
});
