/** Orders whose result does not come, results that nobody ordered, and messages that their destination does not acknowledge. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { workerActor } from "#access";
import { expectOk, toIso } from "#kernel";
import { blobOf } from "#record";
import { anOrder, anOruR01 } from "../../../../test/builders/index.ts";
import { aRequest } from "../../../../test/builders/request.ts";
import { anActor, contextOf } from "../../../../test/handler-context.ts";
import { aLaboratory } from "../../../../test/laboratory.ts";
import type { WatchPage } from "../api/alerts.ts";
import type { Delivery } from "../deliveries/delivery.ts";
import type { LinkMessage } from "../messages/link-message.ts";
import type { LinkAlert } from "./link-alert.ts";
import { watchRoutes } from "./routes.ts";
import type { WatchedLink, WatchNeeds } from "./watch-needs.ts";
import { watchRound } from "./watch-round.ts";

const hourMs = 60 * 60_000;

async function aWatchedLaboratory() {
  const laboratory = await aLaboratory();
  const { parts, record } = laboratory;
  const watch = { silence: false, sequence: false, unordered: true };
  const links: readonly WatchedLink[] = [
    { name: "orders", watch: { ...watch, resultWithinHours: { UE: 4, "*": 72 } }, routes: [] },
    { name: "lab", watch: { ...watch, resultWithinHours: {} }, routes: [{ name: "all", when: {}, to: ["gp"] }] },
  ];
  const needs: WatchNeeds = { look: record, context: contextOf(parts, workerActor("watch")), links: () => links };
  const look = async () => expectOk(await watchRound(needs));
  await look();
  return {
    ...laboratory,
    look,
    pass: async (ms: number) => {
      parts.clock.advance(ms);
      await look();
    },
    order: (order: Parameters<typeof anOrder>[0]) => laboratory.send(anOrder(order), { link: "orders" }),
    alerts: async () =>
      (await laboratory.all<LinkAlert>("LinkAlert")).map(({ link, rule, subject, count, until }) => {
        return { what: [link, rule, subject, count], isOver: until !== undefined };
      }),
    watched: async () => {
      const [, , route] = watchRoutes(needs);
      const request = aRequest({ query: "link=lab" });
      const reply = expectOk(
        (await route?.handle(request, contextOf(parts, anActor("pathology-links-manager")))) ?? assert.fail(),
      );
      return JSON.parse(String(reply.body)) as WatchPage;
    },
  };
}

test("orders without a result after the time of their test are one alert, which ends with the last result", async () => {
  const { order, send, pass, alerts } = await aWatchedLaboratory();
  await order({ controlId: "O-1", placer: "ICE-1" });
  await order({ controlId: "O-2", placer: "ICE-2" });
  await pass(4 * hourMs - 1_000);
  assert.deepEqual(await alerts(), []);
  await pass(1_000);
  const overdue = ["orders", "result-overdue", "UE", 2];
  assert.deepEqual(await alerts(), [{ what: overdue, isOver: false }]);
  await send(anOruR01({ controlId: "M-1", placer: "ICE-1", filler: "26U1" }));
  await pass(hourMs);
  assert.deepEqual(await alerts(), [{ what: overdue, isOver: false }]);
  await send(anOruR01({ controlId: "M-2", placer: "ICE-2", filler: "26U2" }));
  await pass(hourMs);
  await pass(hourMs);
  assert.deepEqual(await alerts(), [{ what: overdue, isOver: true }]);
});

test("a result in time, even one that came before its order, and a cancelled order leave nothing to wait for", async () => {
  const { order, send, pass, alerts } = await aWatchedLaboratory();
  await order({ controlId: "O-1", placer: "ICE-1" });
  await send(anOruR01({ controlId: "M-1", placer: "ICE-1", filler: "26U1" }));
  await send(anOruR01({ controlId: "M-2", placer: "ICE-2", filler: "26U2" }));
  await pass(60_000);
  await order({ controlId: "O-2", placer: "ICE-2" });
  await order({ controlId: "O-3", placer: "ICE-3" });
  await pass(60_000);
  await order({ controlId: "O-4", placer: "ICE-3", control: "CA", orc: { 9: "20261123130000+0000" } });
  await pass(100 * hourMs);
  assert.deepEqual(await alerts(), []);
});

test("a test without a time of its own has that of *, and a result under another code answers by the order's number", async () => {
  const { order, send, pass, alerts } = await aWatchedLaboratory();
  await order({ controlId: "O-1", placer: "ICE-1", test: "FBC^Full blood count^L" });
  await order({ controlId: "O-2", placer: "ICE-2", test: "FBC^Full blood count^L" });
  await send(anOruR01({ controlId: "M-1", placer: "ICE-1", filler: "26H1", test: "HAEM^Haematology^L" }));
  await pass(71 * hourMs);
  assert.deepEqual(await alerts(), []);
  await pass(hourMs);
  assert.deepEqual(await alerts(), [{ what: ["orders", "result-overdue", "FBC", 1], isOver: false }]);
});

test("an order that is two weeks late is no longer waited for", async () => {
  const { order, pass, alerts } = await aWatchedLaboratory();
  await order({ controlId: "O-1", placer: "ICE-1" });
  await pass(5 * hourMs);
  await pass(15 * 24 * hourMs);
  assert.deepEqual(
    (await alerts()).map(({ isOver }) => isOver),
    [true],
  );
});

test("results whose numbers no order has brought are counted by link and day, once, with examples", async () => {
  const { order, send, pass, watched } = await aWatchedLaboratory();
  await order({ controlId: "O-1", placer: "ICE-1" });
  await send(anOruR01({ controlId: "M-1", placer: "ICE-1", filler: "26U1" }));
  await send(anOruR01({ controlId: "M-2", placer: "ICE-9", filler: "26U9" }));
  await pass(60_000);
  await pass(60_000);
  const [lab] = (await watched()).links;
  const [day] = lab?.unordered ?? [];
  assert.deepEqual(
    [day?.day, day?.results, day?.unordered, day?.examples.length, lab?.state],
    ["2026-11-23", 2, 1, 1, "off"],
  );
});

function aDelivery(fields: Partial<Delivery>): Delivery {
  return {
    message: "m-1",
    link: "lab",
    day: "2026-11-23",
    destination: "gp",
    route: "all",
    lane: "patient",
    of: 1,
    queuedAt: "2026-11-23T12:00:00.000Z",
    state: "queued",
    controlId: "M-1",
    contentType: "x-application/hl7-v2+er7",
    body: blobOf(Buffer.from("MSH|")).hash,
    sizeBytes: 4,
    attempts: 0,
    ...fields,
  };
}

test("deliveries that are unanswered for long, and those that are parked, are an alert each of their destination", async () => {
  const { record, pass, alerts } = await aWatchedLaboratory();
  const write = async (body: Delivery) =>
    expectOk(
      await record.transact({
        operations: [{ action: "update", kind: "Delivery", id: "d-1", body }],
        blobs: [blobOf(Buffer.from("MSH|"))],
      }),
    );
  await write(aDelivery({}));
  await pass(10 * 60_000);
  assert.deepEqual(await alerts(), []);
  await pass(5 * 60_000);
  const unanswered = ["lab", "delivery-unanswered", "gp", 1];
  assert.deepEqual(await alerts(), [{ what: unanswered, isOver: false }]);
  await write(aDelivery({ state: "parked", attempts: 7, from: "queued", settledAt: "2026-11-23T12:15:00.000Z" }));
  await pass(60_000);
  const parked = ["lab", "delivery-parked", "gp", 1];
  assert.deepEqual(
    (await alerts()).toSorted((a, b) => Number(b.isOver) - Number(a.isOver)),
    [
      { what: unanswered, isOver: true },
      { what: parked, isOver: false },
    ],
  );
  await write(aDelivery({ state: "delivered", attempts: 8, from: "parked" }));
  await pass(60_000);
  assert.deepEqual(
    (await alerts()).map(({ isOver }) => isOver),
    [true, true],
  );
});

test("messages that wait for long to be mapped are one alert of their link, which ends when they are mapped", async () => {
  const { record, pass, alerts, send, all, parts } = await aWatchedLaboratory();
  await send(anOruR01({ controlId: "M-1" }));
  const [mapped] = await all<LinkMessage & { readonly id: string }>("LinkMessage");
  const { id = "" } = expectOk(await record.search(ofMessages)).versions[0] ?? {};
  const arrivedAt = toIso(parts.clock.now());
  const write = async (state: LinkMessage["state"]) =>
    expectOk(
      await record.transact({
        operations: [{ action: "update", kind: "LinkMessage", id, body: { ...mapped, state, arrivedAt } }],
      }),
    );
  await write("received");
  await pass(4 * 60_000);
  assert.deepEqual(await alerts(), []);
  await pass(60_000);
  const behind = ["lab", "mapping-behind", undefined, 1];
  assert.deepEqual(await alerts(), [{ what: behind, isOver: false }]);
  await write("mapped");
  await pass(60_000);
  assert.deepEqual(await alerts(), [{ what: behind, isOver: true }]);
});

const ofMessages = { kind: "LinkMessage", all: [], sort: { by: "updated", descending: false }, limit: 1 } as const;
