/** What a subscription is sent is what its owner may see at that moment, and the audit log says that it was. */
import assert from "node:assert/strict";
import { after, afterEach, test } from "node:test";
import type { Actor } from "#access";
import { expectOk } from "#kernel";
import { aRequest } from "../access.ts";
import { anActor } from "../handler-context.ts";
import { hookTo, openHospital, potassium, type TestEngine, until } from "./engine.ts";
import { openReceiver, type Receiver } from "./receiver.ts";

const hospital = await openHospital();
const { write, read, access, store } = hospital;
let engine: TestEngine | undefined;
const receivers: Receiver[] = [];

afterEach(() => engine?.close());
after(() => Promise.all(receivers.map((receiver) => receiver.close())));

async function aReceiver(): Promise<Receiver> {
  const receiver = await openReceiver();
  receivers.push(receiver);
  return receiver;
}

const isStatus = async (id: string, status: string) => (await read("Subscription", id)).status === status;

async function tokenFor(scope: string, lifeMs = 3_600_000): Promise<Actor> {
  const issued = expectOk(await access.issueToken({ scope, name: "limited", lifeMs }, anActor()));
  const request = aRequest("GET", "/", { headers: { authorization: `Bearer ${issued.token}` } });
  return expectOk(await access.authenticate(request)) as Actor;
}

const whole = { payload: "application/fhir+json" };

test("who may not see a type is not told of it", async () => {
  const blind = await tokenFor("system/Subscription.cruds");
  const [hidden, seen] = [await aReceiver(), await aReceiver()];
  engine = hospital.start();
  await write("Subscription", "blind", hookTo(hidden.url, "Observation?", whole), blind);
  await write("Subscription", "seeing", hookTo(seen.url, "Observation?", whole));
  await until(
    "both are active",
    async () => (await isStatus("blind", "active")) && (await isStatus("seeing", "active")),
  );
  await write("Observation", "k-1", potassium);
  await until("the other was told", () => seen.received.length === 1);
  assert.equal(hidden.received.length, 0);
});

test("whoever writes a subscription again is its owner from then on", async () => {
  const blind = await tokenFor("system/Subscription.cruds");
  const receiver = await aReceiver();
  engine = hospital.start();
  const asked = hookTo(receiver.url, "Observation?status=final", whole);
  await write("Subscription", "taken", asked);
  await until("it is active", () => isStatus("taken", "active"));
  await write("Subscription", "taken", { ...asked, reason: "mine now" }, blind);
  await until("it is active again", () => isStatus("taken", "active"));
  await write("Observation", "k-2", potassium);
  await write("Subscription", "taken", { ...asked, reason: "and back" });
  await until("it is active once more", () => isStatus("taken", "active"));
  await write("Observation", "k-3", potassium);
  await until("one came", () => receiver.received.length > 0);
  assert.deepEqual(
    receiver.received.map(({ path }) => path),
    ["/Observation/k-3"],
  );
});

test("a token whose time is over ends its subscriptions, and says so", async () => {
  const brief = await tokenFor("system/*.cruds", 60_000);
  const receiver = await aReceiver();
  engine = hospital.start();
  await write("Subscription", "brief", hookTo(receiver.url, "Observation?", whole), brief);
  await until("it is active", () => isStatus("brief", "active"));
  hospital.clock.advance(120_000);
  await write("Observation", "k-4", potassium);
  await until("it has an error", () => isStatus("brief", "error"));
  assert.match(String((await read("Subscription", "brief")).error), /not valid any more/);
  assert.equal(receiver.received.length, 0);
});

test("a chain into a type that the owner may not search is no way to learn of it", async () => {
  const narrow = await tokenFor("system/Subscription.cruds system/Observation.rs");
  const receiver = await aReceiver();
  engine = hospital.start();
  await write("Patient", "osei", { name: [{ family: "Osei" }] });
  await write("Subscription", "chained", hookTo(receiver.url, "Observation?subject:Patient.name=osei", whole), narrow);
  await until("it is active", () => isStatus("chained", "active"));
  await write("Observation", "k-5", potassium);
  await until("it has an error", () => isStatus("chained", "error"));
  assert.equal(receiver.received.length, 0);
});

test("each delivery is in the audit log, with the address it went to but not its secrets", async () => {
  const receiver = await aReceiver();
  engine = hospital.start();
  const channel = { ...whole, header: ["Authorization: Bearer topsecret"] };
  await write("Subscription", "audited", hookTo(`${receiver.url}/in?key=hidden`, "Observation?", channel));
  await until("it is active", () => isStatus("audited", "active"));
  await write("Observation", "k-6", potassium);
  await until("one came", () => receiver.received.length === 1);
  const entries = await store.audit.search({ all: [["subtype=disclose"], ["entity=Observation/k-6"]], limit: 10 });
  const bodies = entries.map((entry) => JSON.parse(entry.body)).filter(({ query }) => query.startsWith(receiver.url));
  assert.equal(bodies.length, 1);
  const [body] = bodies;
  assert.deepEqual(
    [body.act, body.agent.reference, body.entities, body.patients, body.query],
    ["export", hospital.actor.reference, ["Observation/k-6/_history/1"], ["Patient/osei"], `${receiver.url}/in`],
  );
  assert.doesNotMatch(JSON.stringify(entries), /topsecret|hidden/);
});
