/** From a laboratory's socket to a surgery's, with what the record says of it on the way. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Actor, decidingForLink } from "#access";
import { type Delivery, type DestinationSettings, holdRoutes, type LinkMessage } from "#departments/clinical";
import { expectOk, silentLog } from "#kernel";
import { aRequest } from "../../../test/access.ts";
import { anOruR01 } from "../../../test/builders/index.ts";
import { aHospital } from "../../../test/deliveries/hospital.ts";
import { anActor, contextOf } from "../../../test/handler-context.ts";
import { openDeliveries } from "./deliveries.ts";

const toAll = { name: "all", when: {}, to: ["gp", "registry"] };

test("a result that was recorded reaches every destination of its routes, as it came", async (t) => {
  const { send, all, until, door } = await aHospital(t, {
    link: { routes: [toAll] },
    surgeries: ["gp", "registry"],
    openDeliveries,
  });
  const { answer } = await send(anOruR01({ controlId: "M-1" }));
  assert.match(answer, /MSA\|AA\|M-1/);
  await until(() => door("gp").received.length === 1 && door("registry").received.length === 1);
  await until(async () => (await all<Delivery>("Delivery")).every(({ state }) => state === "delivered"));
  const [message] = await all<LinkMessage>("LinkMessage");
  assert.deepEqual(message?.destinations, ["gp", "registry"]);
  const [one] = await all<Delivery>("Delivery");
  assert.match(one?.acknowledgement?.text ?? "", /MSA\|AA\|M-1/);
  assert.equal((await all("Observation")).length, 3, "it was mapped too");
});

test("on a link that records nothing, messages are passed on or filtered, with the rule's name", async (t) => {
  const routes = [
    { name: "no-orders", when: { types: ["ORM"] }, to: [] },
    { name: "results", when: { types: ["ORU"] }, to: ["gp"] },
  ];
  const { send, all, until, door } = await aHospital(t, {
    link: { record: false, routes },
    surgeries: ["gp"],
    openDeliveries,
  });
  await send(anOruR01({ controlId: "M-1" }));
  await send(anOruR01({ controlId: "M-2" }).replace("ORU^R01", "ORM^O01"));
  await send(anOruR01({ controlId: "M-3" }).replace("ORU^R01", "DFT^P03"));
  await until(() => door("gp").received.length === 1);
  const messages = await all<LinkMessage>("LinkMessage");
  assert.deepEqual(
    messages.map(({ controlId, state, filteredBy }) => [controlId, state, filteredBy]),
    [
      ["M-1", "routed", undefined],
      ["M-2", "filtered", "no-orders"],
      ["M-3", "filtered", undefined],
    ],
  );
  assert.deepEqual(await all("Observation"), []);
});

test("what is only passed on passes the gates that need no record, and goes when it is released", async (t) => {
  const hospital = await aHospital(t, {
    link: { record: false, routes: [toAll] },
    surgeries: ["gp", "registry"],
    openDeliveries,
  });
  const { send, all, until, door, access, deliveries } = hospital;
  const broken = anOruR01({ controlId: "M-1", pid: { 3: "9990000019^^^NHS^NH" } });
  const { answer } = await send(broken);
  assert.match(answer, /MSA\|AE\|M-1/);
  const [held] = await all<LinkMessage & { readonly id: string }>("LinkMessage");
  assert.deepEqual([held?.state, held?.reasons[0]?.code], ["held", "nhs-number-check-digit"]);
  await send(anOruR01({ controlId: "M-2" }).replace("ORU^R01", "ZZZ^Z99"));
  await until(() => door("gp").received.length === 1);
  const forLink = (actor: Actor) => access.contextOf(decidingForLink(actor));
  const needs = { forLink, safeguardsOf: () => ({}), passingOnOf: deliveries.passingOnOf, log: silentLog };
  const route = holdRoutes(needs).find(({ path }) => path.endsWith("/release"));
  assert.ok(route !== undefined);
  const request = aRequest("POST", "", { params: { id: held?.id ?? "" }, json: { comment: "The surgery knows." } });
  expectOk(await route.handle(request, contextOf(hospital, anActor("pathology-links-manager"))));
  await until(() => door("gp").received.length === 2 && door("registry").received.length === 2);
  assert.deepEqual(door("gp").received, ["M-2", "M-1"]);
});

test("a message that is held goes nowhere", async (t) => {
  const { send, all } = await aHospital(t, {
    link: { routes: [toAll] },
    surgeries: ["gp", "registry"],
    openDeliveries,
  });
  await send(anOruR01({ pid: { 3: "" } }));
  const [message] = await all<LinkMessage>("LinkMessage");
  assert.equal(message?.state, "held");
  assert.deepEqual(await all("Delivery"), []);
});

test("the same message again is not sent on again", async (t) => {
  const { send, until, door, all } = await aHospital(t, {
    link: { routes: [toAll] },
    surgeries: ["gp", "registry"],
    openDeliveries,
  });
  await send(anOruR01({ controlId: "M-1" }));
  await until(() => door("gp").received.length === 1);
  await send(anOruR01({ controlId: "M-1" }));
  await send(anOruR01({ controlId: "M-2" }));
  await until(() => door("gp").received.length === 2);
  assert.deepEqual(door("gp").received, ["M-1", "M-2"]);
  assert.equal((await all("Delivery")).length, 4);
});

test("a sender that wants to know of the delivery is answered when it is made, or told that it was not", async (t) => {
  const acknowledge = { after: { delivered: ["gp"], waitSeconds: 5 } };
  const { send, door } = await aHospital(t, {
    link: { routes: [toAll], acknowledge },
    surgeries: ["gp", "registry"],
    openDeliveries,
  });
  const made = await send(anOruR01({ controlId: "M-1" }));
  assert.equal(made.settled, "delivered");
  assert.deepEqual(door("gp").received, ["M-1"]);
  door("gp").answering.code = "AR";
  const parked = await send(anOruR01({ controlId: "M-2" }));
  assert.equal(parked.settled, "parked");
});

test("destinations come and go while others go on", async (t) => {
  const { send, until, door, deliveries, configuration } = await aHospital(t, {
    link: { routes: [toAll] },
    surgeries: ["gp", "registry"],
    openDeliveries,
  });
  await send(anOruR01({ controlId: "M-1" }));
  await until(() => door("registry").received.length === 1);
  const gpOnly = configuration.destinations.filter(({ name }: DestinationSettings) => name === "gp");
  await deliveries.apply({ ...configuration, destinations: gpOnly });
  await send(anOruR01({ controlId: "M-2" }));
  await until(() => door("gp").received.length === 2);
  assert.deepEqual(door("registry").received, ["M-1"]);
  assert.deepEqual(
    deliveries.engine.destinations().map(({ settings }) => settings.name),
    ["gp"],
  );
});

test("everything that left is in the audit log as read or written by the worker that sends", async (t) => {
  const { send, until, all, store } = await aHospital(t, {
    link: { routes: [toAll] },
    surgeries: ["gp", "registry"],
    openDeliveries,
  });
  await send(anOruR01({ controlId: "M-1" }));
  await until(async () => (await all<Delivery>("Delivery")).every(({ state }) => state === "delivered"));
  const entries = await store.audit.scan(0, 500);
  const ofWorker = entries.filter(({ body }) => body.includes("Worker/deliveries"));
  assert.ok(ofWorker.some(({ body }) => body.includes("Delivery/")));
});
