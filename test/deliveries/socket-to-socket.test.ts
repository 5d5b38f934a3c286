/** From a laboratory's socket to a surgery's, with what the record says of it on the way. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { linkActor } from "#access";
import type { Delivery, DestinationSettings, LinkMessage } from "#departments/clinical";
import { linkMessageDefinition, readConfigurationWhole, receive, usualRetry } from "#departments/clinical";
import { expectOk, silentLog } from "#kernel";
import { buildAck, peekHeader } from "#standards/hl7v2";
import { openDeliveries } from "../../src/app/links/deliveries.ts";
import { freshAccess } from "../access.ts";
import { anOruR01 } from "../builders/index.ts";
import { anOpenLink } from "../doors/mllp.ts";
import { wardTime } from "../ward/index.ts";
import { deliveryKinds } from "./hall.ts";

/** A hospital with one link and some surgeries that listen by MLLP. */
async function aHospital(t: TestContext, link: Readonly<Record<string, unknown>>, surgeries: readonly string[]) {
  const parts = await freshAccess({ kinds: [linkMessageDefinition, ...deliveryKinds] });
  const { record, access, clock, store } = parts;
  clock.advance(300 * 24 * 60 * 60_000);
  const doors = await Promise.all(
    surgeries.map(async (name) => {
      const received: string[] = [];
      const answering = { code: "AA" };
      const door = await anOpenLink(t, {
        receive: async (message) => {
          const { header } = peekHeader(message);
          received.push(header?.controlId ?? "");
          return Buffer.from(
            buildAck(header, { code: answering.code as "AA", controlId: "A", at: clock.now(), problems: [] }),
          );
        },
      });
      return [name, { port: door.port, received, answering }] as const;
    }),
  );
  const open = new Map(doors);
  const files = [
    { path: "links/lab.json", json: { title: "Lab", intake: { by: "mllp", port: 0 }, ...link } },
    ...doors.map(([name, { port }]) => ({
      path: `destinations/${name}.json`,
      json: { title: name, outlet: { by: "mllp", host: "127.0.0.1", port, answerWithinSeconds: 5, connections: 4 } },
    })),
  ];
  const configuration = expectOk(readConfigurationWhole(files as Parameters<typeof readConfigurationWhole>[0]));
  const deliveries = openDeliveries({
    record,
    access,
    cursors: store.cursors,
    clock,
    hospitalTime: wardTime,
    log: silentLog,
  });
  t.after(() => deliveries.close());
  await deliveries.apply(configuration);
  const [settings] = configuration.links;
  assert.ok(settings !== undefined);
  const send = async (message: string) => {
    const waiting = deliveries.passingOnWaiting(settings);
    assert.ok(waiting !== undefined);
    const { context, witness } = access.linkContextOf(linkActor("lab"));
    const { offsetMinutesAt } = wardTime;
    const given = {
      context,
      link: "lab",
      connection: "lab-1",
      offsetMinutesAt,
      log: silentLog,
      passingOn: waiting.passingOn,
    };
    const answer = expectOk(await receive(Buffer.from(message), given));
    expectOk(await witness());
    return { answer: Buffer.from(answer).toString(), settled: await waiting.settled() };
  };
  const all = async <T>(kind: string) => {
    const sort = { by: "updated", descending: false } as const;
    const { versions } = expectOk(await record.search({ kind, all: [], sort, limit: 1_000 }));
    return versions.map(({ body }) => JSON.parse(body) as T);
  };
  const until = async (isSo: () => Promise<boolean> | boolean) => {
    for (const end = performance.now() + 15_000; !(await isSo()); ) {
      assert.ok(performance.now() < end, "it did not come to that within 15 seconds");
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const door = (name: string) => {
    const found = open.get(name);
    assert.ok(found !== undefined);
    return found;
  };
  return { ...parts, deliveries, configuration, send, all, until, door };
}

const toAll = { name: "all", when: {}, to: ["gp", "registry"] };

test("a result that was recorded reaches every destination of its routes, as it came", async (t) => {
  const { send, all, until, door } = await aHospital(t, { routes: [toAll] }, ["gp", "registry"]);
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
  const { send, all, until, door } = await aHospital(t, { record: false, routes }, ["gp"]);
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

test("a message that is held goes nowhere", async (t) => {
  const { send, all } = await aHospital(t, { routes: [toAll] }, ["gp", "registry"]);
  await send(anOruR01({ pid: { 3: "" } }));
  const [message] = await all<LinkMessage>("LinkMessage");
  assert.equal(message?.state, "held");
  assert.deepEqual(await all("Delivery"), []);
});

test("the same message again is not sent on again", async (t) => {
  const { send, until, door, all } = await aHospital(t, { routes: [toAll] }, ["gp", "registry"]);
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
  const { send, door } = await aHospital(t, { routes: [toAll], acknowledge }, ["gp", "registry"]);
  const made = await send(anOruR01({ controlId: "M-1" }));
  assert.equal(made.settled, "delivered");
  assert.deepEqual(door("gp").received, ["M-1"]);
  door("gp").answering.code = "AR";
  const parked = await send(anOruR01({ controlId: "M-2" }));
  assert.equal(parked.settled, "parked");
});

test("destinations come and go while others go on", async (t) => {
  const { send, until, door, deliveries, configuration } = await aHospital(t, { routes: [toAll] }, ["gp", "registry"]);
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
  assert.deepEqual(usualRetry.steps, [{ afterSeconds: 600, times: 6 }]);
});

test("everything that left is in the audit log as read or written by the worker that sends", async (t) => {
  const { send, until, all, store } = await aHospital(t, { routes: [toAll] }, ["gp", "registry"]);
  await send(anOruR01({ controlId: "M-1" }));
  await until(async () => (await all<Delivery>("Delivery")).every(({ state }) => state === "delivered"));
  const entries = await store.audit.scan(0, 500);
  const ofWorker = entries.filter(({ body }) => body.includes("Worker/deliveries"));
  assert.ok(ofWorker.some(({ body }) => body.includes("Delivery/")));
});
