/** Order is kept in a lane, many lanes go at once, and a delivery that cannot be made holds up its own lane alone. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { OutgoingMessage, SendOutcome } from "#kernel";
import { accepted, aDestination, aHall, refused, unanswered, unreachable } from "./hall.ts";

const minuteMs = 60_000;

/** Lanes `a` to `t`, each with its deliveries numbered: `a-1`, `a-2` … */
function twentyLanes(each: number): readonly (readonly [string, string])[] {
  const lanes = [..."abcdefghijklmnopqrst"];
  return Array.from({ length: each }, (_, at) => lanes.map((lane) => [lane, `${lane}-${at + 1}`] as const)).flat();
}

/** Lanes in which something arrived before what was queued before it. */
function disorders(received: readonly string[]): readonly string[] {
  const last = new Map<string, number>();
  return received.filter((controlId) => {
    const [lane = "", number] = controlId.split("-");
    const isEarlier = Number(number) < (last.get(lane) ?? 0);
    last.set(lane, Number(number));
    return isEarlier;
  });
}

test("thousands of messages reach their destination once each, those of a lane in their order", async () => {
  const hall = await aHall({ destinations: [aDestination("gp")] });
  const { received } = hall.mailboxes.get("gp")!;
  const underWay = new Set<string>();
  let most = 0;
  let clashes = 0;
  hall.mailboxes.get("gp")!.answer = async ({ controlId }: OutgoingMessage) => {
    const lane = controlId.charAt(0);
    if (underWay.has(lane)) clashes += 1;
    underWay.add(lane);
    most = Math.max(most, underWay.size);
    await new Promise((resolve) => setTimeout(resolve, controlId.length % 3));
    underWay.delete(lane);
    return accepted;
  };
  await hall.queue("gp", twentyLanes(150));
  await hall.until(async () => received.length >= 3_000);
  await hall.until(async () => (await hall.deliveries()).every(({ state }) => state === "delivered"));
  assert.equal(new Set(received).size, 3_000);
  assert.equal(received.length, 3_000);
  assert.deepEqual(disorders(received), []);
  assert.equal(clashes, 0, "one under way in each lane");
  assert.ok(most > 1 && most <= 8, `${most} lanes at once`);
  await hall.engine.close();
});

test("a message that is refused parks its own lane, and the others go on", async () => {
  const hall = await aHall({ destinations: [aDestination("gp")] });
  const { received } = hall.mailboxes.get("gp")!;
  hall.mailboxes.get("gp")!.answer = ({ controlId }) => (controlId === "b-2" ? refused : accepted);
  await hall.queue("gp", twentyLanes(5));
  await hall.until(() => received.length === 97);
  await hall.until(() => hall.alerts.length === 1);
  const undelivered = async () => (await hall.deliveries()).filter(({ state }) => state !== "delivered");
  await hall.until(async () => (await undelivered()).length === 4);
  const left = await undelivered();
  assert.deepEqual(left.map(({ controlId, state }) => [controlId, state]).sort(), [
    ["b-2", "parked"],
    ["b-3", "queued"],
    ["b-4", "queued"],
    ["b-5", "queued"],
  ]);
  assert.equal(hall.alerts[0]?.is, "parked");
  assert.equal(hall.engine.destinations()[0]?.parkedLanes, 1);
  hall.mailboxes.get("gp")!.answer = () => accepted;
  await hall.decide("b-2", { state: "cancelled", from: "parked", comment: "sent by fax" });
  await hall.until(() => received.length === 100);
  assert.deepEqual(received.slice(-3), ["b-3", "b-4", "b-5"]);
  await hall.engine.close();
});

test("a parked message that a person has tried again goes before the others of its lane", async () => {
  const hall = await aHall({ destinations: [aDestination("gp", { lane: "destination" })] });
  const mailbox = hall.mailboxes.get("gp")!;
  mailbox.answer = () => refused;
  await hall.queue("gp", [
    ["all", "x-1"],
    ["all", "x-2"],
  ]);
  await hall.until(() => hall.alerts.length === 1);
  mailbox.answer = () => accepted;
  const now = "2026-03-02T09:00:00.000Z";
  await hall.decide("x-1", { state: "queued", from: "parked", attempts: 0, nextTryAt: now, comment: "mended" });
  await hall.until(() => mailbox.received.length === 3);
  assert.deepEqual(mailbox.received, ["x-1", "x-1", "x-2"]);
  await hall.engine.close();
});

test("a message without an answer is tried every ten minutes for an hour under its control id, then parked", async () => {
  const hall = await aHall({ destinations: [aDestination("gp")] });
  const mailbox = hall.mailboxes.get("gp")!;
  mailbox.answer = ({ controlId }) => (controlId === "a-1" ? unanswered : accepted);
  await hall.queue("gp", twentyLanes(2));
  await hall.until(() => mailbox.received.length === 39);
  const tries = () => mailbox.received.filter((controlId) => controlId === "a-1").length;
  for (let attempt = 2; attempt <= 7; attempt += 1) {
    await hall.until(async () => (await hall.deliveries()).some(({ attempts }) => attempts === attempt - 1));
    assert.equal(tries(), attempt - 1);
    hall.parts.clock.advance(10 * minuteMs);
    hall.engine.queued(["gp"], []);
    await hall.until(() => tries() === attempt);
  }
  await hall.until(() => hall.alerts.length === 1);
  const stuck = (await hall.deliveries()).filter(({ lane }) => lane === "a");
  assert.deepEqual(stuck.map(({ controlId, state, attempts }) => [controlId, state, attempts]).sort(), [
    ["a-1", "parked", 7],
    ["a-2", "queued", 0],
  ]);
  await hall.engine.close();
});

test("a destination that cannot be reached parks nothing, and gets everything in order when it is back", async () => {
  const hall = await aHall({ destinations: [aDestination("gp"), aDestination("archive")] });
  const mailbox = hall.mailboxes.get("gp")!;
  mailbox.answer = () => unreachable;
  await hall.queue("gp", twentyLanes(3));
  await hall.queue("archive", twentyLanes(3));
  await hall.until(() => hall.mailboxes.get("archive")!.received.length === 60);
  assert.ok(mailbox.received.length < 60, "it is asked seldom while it is away");
  for (let minutes = 0; hall.alerts.length === 0 && minutes < 120; minutes += 1) {
    hall.parts.clock.advance(minuteMs);
    hall.engine.queued(["gp"], []);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  assert.deepEqual(
    hall.alerts.map(({ destination, is }) => [destination, is]),
    [["gp", "not-reached"]],
  );
  mailbox.received.length = 0;
  mailbox.answer = () => accepted;
  hall.parts.clock.advance(minuteMs);
  hall.engine.queued(["gp"], []);
  await hall.until(() => new Set(mailbox.received).size === 60);
  assert.deepEqual(disorders(mailbox.received), []);
  await hall.engine.close();
});

test("what an engine leaves undone, the next takes up in order, and sends one of a lane again at most", async () => {
  const first = await aHall({ destinations: [aDestination("gp")] });
  const { received } = first.mailboxes.get("gp")!;
  const hanging: string[] = [];
  first.mailboxes.get("gp")!.answer = ({ controlId }) => {
    if (Number(controlId.split("-")[1]) < 20) return accepted;
    hanging.push(controlId);
    return new Promise<SendOutcome>(() => {});
  };
  await first.queue("gp", twentyLanes(40));
  await first.until(() => hanging.length === 8);
  await first.engine.close();
  const restarted = await aHall({ destinations: [aDestination("gp")], of: first });
  restarted.mailboxes.get("gp")!.answer = () => accepted;
  await restarted.until(() => new Set(received).size === 800);
  await restarted.until(async () => (await restarted.deliveries()).every(({ state }) => state === "delivered"));
  assert.deepEqual(received.filter((id, at) => received.indexOf(id) !== at).sort(), hanging.sort());
  const lastOf = received.filter((id, at) => received.lastIndexOf(id) === at);
  assert.deepEqual(disorders(lastOf), []);
  await restarted.engine.close();
});
