/** Subscriptions to topics. Source: Subscriptions R5 Backport 1.1 for R4. */
import assert from "node:assert/strict";
import { after, afterEach, test } from "node:test";
import { isJsonObject, type Json, type JsonObject } from "#kernel";
import { checkResource } from "#standards/fhir";
import { type Bounds, base, hookTo, openHospital, type TestEngine, until } from "./engine.ts";
import { openReceiver, type Receiver } from "./receiver.ts";

const hospital = await openHospital();
const { write, read } = hospital;
let engine: TestEngine | undefined;
const receivers: Receiver[] = [];

afterEach(() => engine?.close());
after(() => Promise.all(receivers.map((receiver) => receiver.close())));

async function aReceiver(): Promise<Receiver> {
  const receiver = await openReceiver();
  receivers.push(receiver);
  return receiver;
}

const extension = (name: string, value: JsonObject): JsonObject => ({
  url: `http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-${name}`,
  ...value,
});

interface TopicOrder {
  readonly topic: string;
  readonly filters?: readonly string[];
  readonly content?: string;
  readonly more?: readonly JsonObject[];
}

function topicTo(endpoint: string, { topic, filters = [], content = "id-only", more = [] }: TopicOrder): JsonObject {
  const channel = {
    payload: "application/fhir+json",
    _payload: { extension: [extension("payload-content", { valueCode: content })] },
    ...(more.length > 0 ? { extension: more } : {}),
  };
  const asked = hookTo(endpoint, `urn:corridor:SubscriptionTopic:${topic}`, channel);
  if (filters.length === 0) return asked;
  const criteria = filters.map((filter) => extension("filter-criteria", { valueString: filter }));
  return { ...asked, _criteria: { extension: criteria } };
}

interface Told {
  readonly type: string;
  readonly status: string;
  readonly since: string;
  readonly numbers: readonly string[];
  readonly focuses: readonly string[];
  readonly entries: readonly JsonObject[];
}

/** A notification Bundle, as a receiver would read it. */
function told(body: string): Told {
  const bundle = JSON.parse(body) as { readonly type: string; readonly entry: readonly JsonObject[] };
  assert.equal(bundle.type, "history");
  assert.deepEqual(checkResource(bundle as unknown as JsonObject), []);
  const [{ resource: status } = {}, ...entries] = bundle.entry;
  const parameters = isJsonObject(status) ? listOf(status.parameter) : [];
  const named = (name: string) => parameters.filter((parameter) => parameter.name === name);
  const parts = named("notification-event").map(({ part }) => listOf(part));
  const inParts = (name: string) => parts.flatMap((part) => part.filter((each) => each.name === name));
  return {
    type: String(named("type")[0]?.valueCode),
    status: String(named("status")[0]?.valueCode),
    since: String(named("events-since-subscription-start")[0]?.valueString),
    numbers: inParts("event-number").map(({ valueString }) => String(valueString)),
    focuses: inParts("focus").map(({ valueReference }) => String((valueReference as JsonObject).reference)),
    entries,
  };
}

function listOf(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

const eventsOf = (receiver: Receiver) =>
  receiver.received.map(({ body }) => told(body)).filter(({ type }) => type === "event-notification");

async function isStatus(id: string, status: string): Promise<boolean> {
  return (await read("Subscription", id)).status === status;
}

async function started(id: string, order: TopicOrder, bounds: Bounds = {}): Promise<Receiver> {
  const receiver = await aReceiver();
  engine = hospital.start(bounds);
  await write("Subscription", id, topicTo(receiver.url, order));
  await until("it is active", () => isStatus(id, "active"));
  return receiver;
}

const encounter = (status: string, code = "IMP", more: JsonObject = {}): JsonObject => ({
  status,
  class: { system: "http://terminology.hl7.org/CodeSystem/v3-ActCode", code },
  ...more,
});

test("it begins with a handshake, and an admission is told once, by its address alone", async () => {
  const receiver = await started("admissions", { topic: "admission" });
  assert.deepEqual(
    receiver.received.map(({ body }) => told(body).type),
    ["handshake"],
  );
  await write("Encounter", "adm-1", encounter("planned"));
  await write("Encounter", "adm-1", encounter("in-progress"));
  await write("Encounter", "adm-1", encounter("in-progress", "IMP", { priority: { text: "urgent" } }));
  await write("Encounter", "adm-2", encounter("in-progress", "AMB"));
  await write("Encounter", "adm-3", encounter("in-progress", "ACUTE"));
  await until("two came", () => eventsOf(receiver).length === 2);
  const events = eventsOf(receiver);
  assert.deepEqual(
    events.map(({ numbers }) => numbers),
    [["1"], ["2"]],
  );
  assert.deepEqual(
    events.map(({ since }) => since),
    ["1", "2"],
  );
  assert.deepEqual(
    events.map(({ focuses }) => focuses),
    [[`${base}/Encounter/adm-1`], [`${base}/Encounter/adm-3`]],
  );
  assert.deepEqual(
    events[0]?.entries.map(({ fullUrl, resource }) => [fullUrl, resource]),
    [[`${base}/Encounter/adm-1`, undefined]],
  );
});

test("filters narrow a topic; every one of the type must be met", async () => {
  const filters = ["Encounter?patient=Patient/osei", "Encounter?class=IMP"];
  const receiver = await started("filtered", { topic: "encounter-start", filters });
  await write("Encounter", "f-1", encounter("in-progress", "IMP", { subject: { reference: "Patient/khan" } }));
  await write("Encounter", "f-2", encounter("in-progress", "AMB", { subject: { reference: "Patient/osei" } }));
  await write("Encounter", "f-3", encounter("in-progress", "IMP", { subject: { reference: "Patient/osei" } }));
  await until("one came", () => eventsOf(receiver).length === 1);
  assert.deepEqual(eventsOf(receiver)[0]?.focuses, [`${base}/Encounter/f-3`]);
});

test("changes of a type are told with the whole resource as it was then, deletions too", async () => {
  const receiver = await started("locations", { topic: "change:Location", content: "full-resource" });
  await write("Location", "ward", { name: "Ward 1" });
  await write("Location", "ward", { name: "Ward 2" });
  await hospital.context.record.transact({ operations: [{ action: "delete", kind: "Location", id: "ward" }] });
  await until("three came", () => eventsOf(receiver).length === 3);
  const entries = eventsOf(receiver).flatMap((event) => event.entries);
  assert.deepEqual(
    entries.map(({ resource, request }) => [
      (resource as JsonObject | undefined)?.name,
      (request as JsonObject).method,
    ]),
    [
      ["Ward 1", "POST"],
      ["Ward 2", "PUT"],
      [undefined, "DELETE"],
    ],
  );
});

test("an empty notification names nothing", async () => {
  const receiver = await started("quiet", { topic: "change:Group", content: "empty" });
  await write("Group", "g", { type: "person", actual: true });
  await until("one came", () => eventsOf(receiver).length === 1);
  const [event] = eventsOf(receiver);
  assert.deepEqual([event?.numbers, event?.focuses, event?.entries], [["1"], [], []]);
});

test("a result is told when it becomes final and each time it is corrected", async () => {
  const receiver = await started("results", { topic: "result" });
  const report = (status: string): JsonObject => ({ status, code: { text: "Potassium" } });
  for (const status of ["registered", "preliminary", "final", "final", "corrected"]) {
    await write("DiagnosticReport", "r", { ...report(status), conclusionCode: [{ text: `${status}` }] });
  }
  await write("DiagnosticReport", "r", { ...report("corrected"), conclusion: "again" });
  // What comes behind shows that nothing else came before.
  await write("DiagnosticReport", "last", report("final"));
  await until("the last came", () => eventsOf(receiver).some(({ focuses }) => focuses[0]?.endsWith("/last")));
  assert.deepEqual(
    eventsOf(receiver).map(({ focuses }) => focuses[0]),
    ["r", "r", "r", "last"].map((id) => `${base}/DiagnosticReport/${id}`),
  );
});

test("several events share a notification up to maxCount, and their numbers have no gaps", async () => {
  const more = [extension("max-count", { valuePositiveInt: 10 })];
  const receiver = await started("many", { topic: "change:Slot", more });
  receiver.linger(30);
  const slot: JsonObject = { status: "free", schedule: { reference: "Schedule/1" } };
  const span = { start: "2026-11-23T09:00:00Z", end: "2026-11-23T10:00:00Z" };
  await Promise.all(Array.from({ length: 60 }, (_, at) => write("Slot", `s-${at}`, { ...slot, ...span })));
  await until("all came", () => eventsOf(receiver).flatMap(({ numbers }) => numbers).length === 60);
  const events = eventsOf(receiver);
  assert.ok(events.length < 60, "some came together");
  assert.ok(events.every(({ numbers }) => numbers.length <= 10));
  assert.deepEqual(
    events.flatMap(({ numbers }) => numbers),
    Array.from({ length: 60 }, (_, at) => String(at + 1)),
  );
});

test("with nothing to tell, a heartbeat says so", async () => {
  const more = [extension("heartbeat-period", { valueUnsignedInt: 1 })];
  const receiver = await started("heart", { topic: "change:Endpoint", more });
  await until(
    "it beat twice",
    () => receiver.received.filter(({ body }) => told(body).type === "heartbeat").length >= 2,
  );
});

test("a receiver that refuses the handshake gets no subscription", async () => {
  const receiver = await aReceiver();
  receiver.answer(403);
  engine = hospital.start({ subscriptionHandshakesMax: 2 });
  await write("Subscription", "refused", topicTo(receiver.url, { topic: "admission" }));
  await until("it has an error", () => isStatus("refused", "error"));
  assert.match(String((await read("Subscription", "refused")).error), /status 403/);
});
