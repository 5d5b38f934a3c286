import assert from "node:assert/strict";
import { it } from "node:test";
import { InFlight } from "./in-flight.ts";

const turn = () => new Promise((resolve) => setImmediate(resolve));

it("begins work as long as there is room, and waits for it otherwise", async () => {
  const inFlight = new InFlight(3);
  const ends: (() => void)[] = [];
  const begun: number[] = [];
  const begin = (amount: number) =>
    inFlight.begin(amount, () => {
      begun.push(amount);
      return new Promise((resolve) => ends.push(resolve));
    });
  await begin(1);
  await begin(2);
  const third = begin(9);
  await turn();
  assert.deepEqual(begun, [1, 2]);
  ends[0]?.();
  await turn();
  assert.deepEqual(begun, [1, 2], "there is room for no more than what is left");
  ends[1]?.();
  await third;
  assert.deepEqual(begun, [1, 2, 9], "what is larger than all the room goes alone");
  ends[2]?.();
  await inFlight.done();
});

it("waits for nothing once it is abandoned", async () => {
  const inFlight = new InFlight(1);
  await inFlight.begin(1, () => new Promise(() => {}));
  const waiting = inFlight.begin(1, () => assert.fail("nothing more is begun"));
  inFlight.abandon();
  await waiting;
  await inFlight.done();
});
