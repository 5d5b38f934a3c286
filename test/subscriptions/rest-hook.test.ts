/** Subscriptions to searches, sent to real receivers. FHIR R4 §2.46 (Subscription), channel rest-hook. */
import assert from "node:assert/strict";
import { after, afterEach, test } from "node:test";
import { type Bounds, hookTo, openHospital, potassium, quick, type TestEngine, until } from "./engine.ts";
import { openReceiver, type Receiver } from "./receiver.ts";

const hospital = await openHospital();
const { write, read } = hospital;
let engine: TestEngine | undefined;
const receivers: Receiver[] = [];
let count = 0;

afterEach(() => engine?.close());
after(() => Promise.all(receivers.map((receiver) => receiver.close())));

async function aReceiver(): Promise<Receiver> {
  const receiver = await openReceiver();
  receivers.push(receiver);
  return receiver;
}

function start(bounds: Bounds = {}): void {
  engine = hospital.start(bounds);
}

function newId(): string {
  count += 1;
  return `case-${count}`;
}

const isActive = async (id: string) => (await read("Subscription", id)).status === "active";

/** A code of its own for each test, so that they do not hear of each other. */
function observation(code: string, more: object = {}) {
  return { ...potassium, code: { coding: [{ system: "http://loinc.org", code }] }, ...more };
}

test("a subscription that is asked for becomes active, and its receiver gets what matches by PUT, in order", async () => {
  const id = newId();
  const receiver = await aReceiver();
  start();
  const channel = { payload: "application/fhir+json", header: ["X-Secret: abc"] };
  await write("Subscription", id, hookTo(`${receiver.url}/hook/`, `Observation?code=${id}`, channel));
  await until("it is active", () => isActive(id));
  for (const value of [1, 2, 3]) await write("Observation", `${id}-${value}`, observation(id));
  await write("Observation", `${id}-other`, observation("another"));
  await until("three came", () => receiver.received.length === 3);
  assert.deepEqual(
    receiver.received.map(({ method, path }) => `${method} ${path}`),
    [1, 2, 3].map((value) => `PUT /hook/Observation/${id}-${value}`),
  );
  const [first] = receiver.received;
  assert.equal(first?.headers["x-secret"], "abc");
  assert.equal(first?.headers["content-type"], "application/fhir+json");
  assert.equal(JSON.parse(first?.body ?? "").id, `${id}-1`);
});

test("without a payload the receiver gets an empty POST", async () => {
  const id = newId();
  const receiver = await aReceiver();
  start();
  await write("Subscription", id, hookTo(receiver.url, `Observation?code=${id}`));
  await until("it is active", () => isActive(id));
  await write("Observation", id, observation(id));
  await until("one came", () => receiver.received.length === 1);
  assert.deepEqual([receiver.received[0]?.method, receiver.received[0]?.body], ["POST", ""]);
});

test("nothing tells of a deletion, nor of an update that leaves the criteria", async () => {
  const id = newId();
  const receiver = await aReceiver();
  start();
  const channel = { payload: "application/fhir+json" };
  await write("Subscription", id, hookTo(receiver.url, `Observation?code=${id}&status=final`, channel));
  await until("it is active", () => isActive(id));
  await write("Observation", `${id}-a`, observation(id, { status: "preliminary" }));
  await write("Observation", `${id}-a`, observation(id));
  await write("Observation", `${id}-a`, observation(id, { status: "cancelled" }));
  await hospital.context.record.transact({ operations: [{ action: "delete", kind: "Observation", id: `${id}-a` }] });
  await write("Observation", `${id}-b`, observation(id));
  await until("two came", () => receiver.received.length === 2);
  assert.deepEqual(
    receiver.received.map(({ path }) => path),
    [`/Observation/${id}-a`, `/Observation/${id}-b`],
  );
});

test("criteria that other resources decide about are asked of the record", async () => {
  const id = newId();
  const receiver = await aReceiver();
  start();
  await write("Patient", `${id}-osei`, { name: [{ family: "Osei" }] });
  await write("Patient", `${id}-khan`, { name: [{ family: "Khan" }] });
  await write("Subscription", id, hookTo(receiver.url, `Observation?code=${id}&subject:Patient.name=osei`));
  await until("it is active", () => isActive(id));
  await write("Observation", `${id}-k`, observation(id, { subject: { reference: `Patient/${id}-khan` } }));
  await write("Observation", `${id}-o`, observation(id, { subject: { reference: `Patient/${id}-osei` } }));
  await until("one came", () => receiver.received.length === 1);
});

test("a receiver that fails and comes back misses nothing, and nothing overtakes", async () => {
  const id = newId();
  const receiver = await aReceiver();
  receiver.answer(503);
  start();
  const channel = { payload: "application/fhir+json" };
  await write("Subscription", id, hookTo(receiver.url, `Observation?code=${id}`, channel));
  await until("it is active", () => isActive(id));
  for (let value = 1; value <= 5; value += 1) await write("Observation", `${id}-${value}`, observation(id));
  await until("it was refused a while", () => new Promise((resolve) => setTimeout(() => resolve(true), 150)));
  assert.equal(receiver.received.length, 0);
  receiver.answer(200);
  await until("five came", () => receiver.received.length === 5);
  assert.deepEqual(
    receiver.received.map(({ path }) => path),
    [1, 2, 3, 4, 5].map((value) => `/Observation/${id}-${value}`),
  );
});

test("after so many failures it gets the status error with a reason, and goes on where it was when it is asked for again", async () => {
  const id = newId();
  const receiver = await aReceiver();
  receiver.answer(500);
  start({ subscriptionAttemptsMax: 3 });
  const asked = hookTo(receiver.url, `Observation?code=${id}`, { payload: "application/fhir+json" });
  await write("Subscription", id, asked);
  await until("it is active", () => isActive(id));
  await write("Observation", `${id}-1`, observation(id));
  await until("it is parked", async () => (await read("Subscription", id)).status === "error");
  assert.equal((await read("Subscription", id)).error, "The receiver answered with status 500.");
  await write("Observation", `${id}-2`, observation(id));
  receiver.answer(200);
  await write("Subscription", id, { ...asked, status: "active" });
  await until("both came", () => receiver.received.length === 2);
  assert.deepEqual(
    receiver.received.map(({ path }) => path),
    [`/Observation/${id}-1`, `/Observation/${id}-2`],
  );
  assert.equal((await read("Subscription", id)).error, undefined);
});

test("switched off it is told of nothing, and of what happens from then on when it is switched on again", async () => {
  const id = newId();
  const receiver = await aReceiver();
  start();
  const asked = hookTo(receiver.url, `Observation?code=${id}`, { payload: "application/fhir+json" });
  await write("Subscription", id, asked);
  await until("it is active", () => isActive(id));
  await write("Subscription", id, { ...asked, status: "off" });
  await write("Observation", `${id}-1`, observation(id));
  await write("Subscription", id, asked);
  await until("it is active again", () => isActive(id));
  await write("Observation", `${id}-2`, observation(id));
  await until("one came", () => receiver.received.length > 0);
  assert.deepEqual(
    receiver.received.map(({ path }) => path),
    [`/Observation/${id}-2`],
  );
});

test("with too much waiting it is switched off, and begins afresh when it is asked for again", async () => {
  const id = newId();
  const receiver = await aReceiver();
  receiver.answer(500);
  start({ subscriptionEventsWaitingMax: 3, subscriptionAttemptsMax: 1_000 });
  const asked = hookTo(receiver.url, `Observation?code=${id}`, { payload: "application/fhir+json" });
  await write("Subscription", id, asked);
  await until("it is active", () => isActive(id));
  for (const value of [1, 2, 3, 4]) await write("Observation", `${id}-${value}`, observation(id));
  await until("it is off", async () => (await read("Subscription", id)).status === "off");
  assert.match(String((await read("Subscription", id)).error), /were waiting/);
  // One try may have been under way when it was switched off.
  await untilLeftAlone(receiver);
  receiver.answer(200);
  await write("Subscription", id, asked);
  await until("it is active again", () => isActive(id));
  for (const value of [5, 6]) await write("Observation", `${id}-${value}`, observation(id));
  await until("both came", () => receiver.received.length >= 2);
  assert.deepEqual(
    receiver.received.map(({ path }) => path),
    [5, 6].map((value) => `/Observation/${id}-${value}`),
  );
});

/** Nothing has come for three times as long as the longest pause between two tries. */
async function untilLeftAlone(receiver: Receiver): Promise<void> {
  let [asked, sinceMs] = [receiver.asked, performance.now()];
  await until("it is left alone", () => {
    if (receiver.asked !== asked) [asked, sinceMs] = [receiver.asked, performance.now()];
    return performance.now() - sinceMs > 3 * quick.subscriptionRetryMaxMs;
  });
}

test("it is switched off at its end", async () => {
  const id = newId();
  const receiver = await aReceiver();
  start();
  const end = new Date(Date.now() + 300).toISOString();
  await write("Subscription", id, { ...hookTo(receiver.url, `Observation?code=${id}`), end });
  await until("it is off", async () => (await read("Subscription", id)).status === "off");
});

const refused: readonly { readonly what: string; readonly body: () => object; readonly error: RegExp }[] = [
  {
    what: "an endpoint that is not allowed",
    body: () => hookTo("https://elsewhere.example/hook", "Observation?code=1"),
    error: /CORRIDOR_SUBSCRIPTION_ENDPOINTS/,
  },
  { what: "a file", body: () => hookTo("file:///etc/passwd", "Observation?code=1"), error: /http or https/ },
  {
    what: "a parameter that is not known",
    body: () => hookTo("http://127.0.0.1:1", "Observation?colour=blue"),
    error: /colour/,
  },
  { what: "a type that is not known", body: () => hookTo("http://127.0.0.1:1", "Result?code=1"), error: /criteria/ },
  {
    what: "the audit log",
    body: () => hookTo("http://127.0.0.1:1", "AuditEvent?action=R"),
    error: /audit log/,
  },
  { what: "an unknown topic", body: () => hookTo("http://127.0.0.1:1", "http://example.org/topic"), error: /topic/ },
  {
    what: "e-mail",
    body: () => ({ status: "requested", reason: "x", criteria: "Observation?", channel: { type: "email" } }),
    error: /rest-hook and websocket/,
  },
  {
    what: "a header of HTTP's own",
    body: () => hookTo("http://127.0.0.1:1", "Observation?", { header: ["Host: other"] }),
    error: /header/,
  },
  {
    what: "a payload in XML",
    body: () => hookTo("http://127.0.0.1:1", "Observation?", { payload: "application/fhir+xml" }),
    error: /application\/fhir\+json/,
  },
];

for (const { what, body, error } of refused) {
  test(`asking for ${what} is answered by the status error, and says why`, async () => {
    const id = newId();
    start();
    await write("Subscription", id, body() as never);
    await until("it has an error", async () => (await read("Subscription", id)).status === "error");
    assert.match(String((await read("Subscription", id)).error), error);
  });
}

test("a redirect is not followed", async () => {
  const id = newId();
  const receiver = await aReceiver();
  const elsewhere = await aReceiver();
  receiver.answer(307, { location: elsewhere.url });
  start({ subscriptionAttemptsMax: 2 });
  await write("Subscription", id, hookTo(receiver.url, `Observation?code=${id}`));
  await until("it is active", () => isActive(id));
  await write("Observation", id, observation(id));
  await until("it is parked", async () => (await read("Subscription", id)).status === "error");
  assert.equal(elsewhere.received.length, 0);
});

test("a receiver that does not answer in time is tried again", async () => {
  const id = newId();
  const receiver = await aReceiver();
  receiver.linger(1_500);
  start();
  const timeout = {
    url: "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-timeout",
    valueUnsignedInt: 1,
  };
  await write("Subscription", id, hookTo(receiver.url, `Observation?code=${id}`, { extension: [timeout] }));
  await until("it is active", () => isActive(id));
  await write("Observation", id, observation(id));
  await until("it lingered once", () => receiver.atOnceMax > 0);
  receiver.linger(0);
  // The first came late, after nobody waited for it any more: at least once.
  await until("it came", () => receiver.received.length >= 1);
});

test("many changes by many writers come in the order of the record, one at a time", async () => {
  const id = newId();
  const receiver = await aReceiver();
  start();
  const channel = { payload: "application/fhir+json" };
  await write("Subscription", id, hookTo(receiver.url, `Observation?code=${id}`, channel));
  await until("it is active", () => isActive(id));
  const names = Array.from({ length: 400 }, (_, at) => `${id}-${at}`);
  await Promise.all(names.map((name) => write("Observation", name, observation(id))));
  await until("all came", () => receiver.received.length >= names.length, 20_000);
  const times = receiver.received.map(({ body }) => JSON.parse(body).id as string);
  const feed = await hospital.record.history({ kind: "Observation", isOldestFirst: true, limit: 1_000 });
  assert.ok(feed.ok);
  const order = feed.value.versions.map((version) => version.id).filter((name) => name.startsWith(`${id}-`));
  assert.deepEqual(times, order);
  assert.equal(receiver.atOnceMax, 1);
});
