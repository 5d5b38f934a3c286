/** What of subscriptions survives the process: together with the place in the feed, or not at all. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { instant } from "#kernel";
import { fhirKinds, type SubscriptionEvent } from "#record";
import { freshRecord } from "../record.ts";

const { store } = await freshRecord({ kinds: fhirKinds });
const { subscriptions } = store;

const listener = { id: "listener", version: 2, owner: "ApiToken/1", state: "active", events: 3 } as const;

function anEvent(number: number): SubscriptionEvent {
  const focus = { kind: "Observation", id: `o-${number}`, version: 1, action: "create" } as const;
  return { subscription: "listener", number, position: number + 10, at: instant(1_000 * number), ...focus };
}

const everything = { from: 1, to: Number.MAX_SAFE_INTEGER, limit: 100 };

test("a stretch of the feed is kept with its events, and what is kept comes back", async () => {
  const events = [1, 2, 3].map(anEvent);
  assert.equal(await subscriptions.advance({ from: 0, to: 20, subscriptions: [listener], gone: [], events }), true);
  const { position, subscriptions: kept } = await subscriptions.load();
  assert.deepEqual([position, kept], [20, [{ ...listener, delivered: 0 }]]);
  assert.deepEqual(await subscriptions.events("listener", everything), events);
  assert.deepEqual(await subscriptions.events("listener", { from: 2, to: 3, limit: 1 }), events.slice(1, 2));
});

test("who stands where somebody else has been already keeps nothing", async () => {
  const late = { from: 0, to: 30, subscriptions: [], gone: ["listener"], events: [anEvent(4)] };
  assert.equal(await subscriptions.advance(late), false);
  assert.equal((await subscriptions.load()).position, 20);
  assert.equal((await subscriptions.events("listener", everything)).length, 3);
});

test("what has arrived is noted, never backwards, and forgotten when it is old", async () => {
  await subscriptions.delivered("listener", 3, 1);
  await subscriptions.delivered("listener", 1, 1);
  assert.equal((await subscriptions.read("listener"))?.delivered, 3);
  const left = await subscriptions.events("listener", everything);
  assert.deepEqual(
    left.map(({ number }) => number),
    [3],
  );
});

test("a subscription that is gone takes its events with it, and one of its name begins afresh", async () => {
  const again = { ...listener, events: 1 };
  const step = { from: 20, to: 40, subscriptions: [again], gone: ["listener"], events: [anEvent(1)] };
  assert.equal(await subscriptions.advance(step), true);
  assert.deepEqual(await subscriptions.read("listener"), { ...again, delivered: 0 });
  assert.deepEqual(await subscriptions.events("listener", everything), [anEvent(1)]);
});
