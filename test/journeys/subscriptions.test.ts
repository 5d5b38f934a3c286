/** Subscriptions of a running Corridor: killed in the middle, listened to by WebSocket, asked how they are. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { JsonObject } from "#kernel";
import { type RunningProgram, startProgram } from "../program.ts";
import { openReceiver } from "../subscriptions/receiver.ts";

let folder = "";
let token = "";
let program: RunningProgram;
let address = "";

async function start(): Promise<void> {
  program = startProgram(["serve", "--json"], { CORRIDOR_DATA: folder });
  address = (JSON.parse(await program.firstLine()) as { readonly http: string }).http;
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "corridor-told-"));
  await start();
  const issuing = startProgram(["token", "--scope", "system/*.cruds"], { CORRIDOR_DATA: folder });
  token = (await issuing.firstLine()).trim();
});

after(async () => {
  await program.stop("SIGTERM");
  await rm(folder, { recursive: true, force: true });
});

async function ask(method: string, path: string, body?: object): Promise<JsonObject> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/fhir+json" };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const reply = await fetch(`${address}/fhir/${path}`, { method, headers, ...sent });
  const text = await reply.text();
  assert.ok(reply.ok, `${method} ${path}: ${reply.status} ${text}`);
  return text === "" ? {} : JSON.parse(text);
}

async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const endMs = Date.now() + 30_000;
  while (!(await isSo())) {
    assert.ok(Date.now() < endMs, `it did not come about that ${what}`);
    await sleep(20);
  }
}

const isActive = async (id: string) => (await ask("GET", `Subscription/${id}`)).status === "active";

async function subscribe(id: string, criteria: string, channel: JsonObject): Promise<void> {
  const body = { resourceType: "Subscription", id, status: "requested", reason: "test", criteria, channel };
  await ask("PUT", `Subscription/${id}`, body);
  await until(`${id} is active`, () => isActive(id));
}

const put = (type: string, id: string, more: object) =>
  ask("PUT", `${type}/${id}`, { resourceType: type, id, ...more });

function idOnly(endpoint: string): JsonObject {
  const url = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-payload-content";
  const payload = { payload: "application/fhir+json", _payload: { extension: [{ url, valueCode: "id-only" }] } };
  return { type: "rest-hook", endpoint, ...payload };
}

/** The parameters of the status in a notification. */
function statusIn(bundle: string): readonly JsonObject[] {
  return JSON.parse(bundle).entry[0].resource.parameter;
}

function numbersIn(bundle: string): readonly number[] {
  const events = statusIn(bundle).filter(({ name }) => name === "notification-event");
  return events.map(({ part }) => {
    const number = (part as readonly JsonObject[]).find(({ name }) => name === "event-number");
    return Number(number?.valueString);
  });
}

test("killed again and again it loses no event, and their numbers have no gaps", async () => {
  const receiver = await openReceiver();
  await subscribe("survivor", "urn:corridor:SubscriptionTopic:change:Basic", idOnly(receiver.url));
  let written = 0;
  for (let round = 0; round < 2; round += 1) {
    // A slow receiver, so that much waits when the end comes.
    receiver.linger(5);
    for (let at = 0; at < 40; at += 1) {
      await put("Basic", `b-${written}`, { code: { text: "x" } });
      written += 1;
    }
    await sleep(Math.random() * 150);
    await program.stop("SIGKILL");
    await start();
  }
  receiver.linger(0);
  const numbers = () => receiver.received.flatMap(({ body }) => numbersIn(body));
  await until("all came", () => new Set(numbers()).size === written);
  const first = numbers().filter((number, at, all) => all.indexOf(number) === at);
  assert.deepEqual(
    first,
    Array.from({ length: written }, (_, at) => at + 1),
    "each for the first time in their order",
  );
  assert.ok(numbers().length < written * 2, "few came twice");
  const status = await ask("GET", "Subscription/survivor/$status");
  const [entry] = status.entry as readonly { readonly resource: { readonly parameter: readonly JsonObject[] } }[];
  const since = entry?.resource.parameter.find(({ name }) => name === "events-since-subscription-start");
  assert.equal(since?.valueString, String(written));
  const again = await ask("GET", "Subscription/survivor/$events?eventsSinceNumber=20&eventsUntilNumber=24");
  assert.deepEqual(numbersIn(JSON.stringify(again)), [20, 21, 22, 23, 24]);
  await ask("DELETE", "Subscription/survivor");
  await receiver.close();
});

interface Listener {
  readonly socket: WebSocket;
  readonly texts: string[];
}

async function listen(headers: Record<string, string> = {}): Promise<Listener> {
  const url = `${address.replace("http", "ws")}/fhir/subscriptions/socket`;
  // Node's own client takes headers, which the type of the browser's does not know.
  const socket = new WebSocket(url, { headers } as unknown as string[]);
  const texts: string[] = [];
  socket.addEventListener("message", ({ data }) => texts.push(String(data)));
  const opened = await Promise.race([once(socket, "open"), once(socket, "error").then(() => undefined)]);
  if (opened === undefined) throw new Error("the line was not opened");
  return { socket, texts };
}

const bearer = () => ({ authorization: `Bearer ${token}` });

test("bound to a subscription by WebSocket, a listener is told with a ping that something happened", async () => {
  await subscribe("pinged", "Basic?code=urn:x|ping", { type: "websocket" });
  const { socket, texts } = await listen(bearer());
  socket.send("bind pinged");
  await until("it is bound", () => texts.includes("bound pinged"));
  await put("Basic", "p-1", { code: { coding: [{ system: "urn:x", code: "ping" }] } });
  await until("it was told", () => texts.includes("ping pinged"));
  socket.close();
  await once(socket, "close");
  // What happens meanwhile is told when somebody listens again.
  await put("Basic", "p-2", { code: { coding: [{ system: "urn:x", code: "ping" }] } });
  const again = await listen(bearer());
  again.socket.send("bind pinged");
  await until("it was told again", () => again.texts.join() === "bound pinged,ping pinged");
  again.socket.close();
});

test("a topic's notifications come over a WebSocket that was bound with a token", async () => {
  const { type: _hook, endpoint: _none, ...content } = idOnly("");
  await subscribe("live", "urn:corridor:SubscriptionTopic:change:Flag", { type: "websocket", ...content });
  const given = await ask("GET", "Subscription/live/$get-ws-binding-token");
  const parameters = given.parameter as readonly JsonObject[];
  assert.match(String(parameters.find(({ name }) => name === "websocket-url")?.valueUrl), /^ws:.*\/socket$/);
  const binding = parameters.find(({ name }) => name === "token")?.valueString;
  const { socket, texts } = await listen();
  socket.send(`bind-with-token ${binding}`);
  await until("hands were shaken", () => texts.length === 1);
  assert.equal(statusIn(texts[0] ?? "").find(({ name }) => name === "type")?.valueCode, "handshake");
  const flag = { status: "active", code: { text: "x" }, subject: { reference: "Patient/1" } };
  await put("Flag", "f-1", flag);
  await put("Flag", "f-2", flag);
  await until("both came", () => texts.length === 3);
  assert.deepEqual(texts.slice(1).flatMap(numbersIn), [1, 2]);
  // The token is used up.
  const other = await listen();
  other.socket.send(`bind-with-token ${binding}`);
  await once(other.socket, "close");
  socket.close();
});

test("who may not read a subscription is not bound to it, and other pages open no line", async () => {
  const stranger = await listen();
  stranger.socket.send("bind pinged");
  await once(stranger.socket, "close");
  assert.deepEqual(stranger.texts, []);
  await assert.rejects(listen({ origin: "https://evil.example" }));
  const plain = await fetch(`${address}/fhir/subscriptions/socket`);
  assert.equal(plain.status, 426);
});

test("the CapabilityStatement states topics, operations and where WebSockets are opened", async () => {
  const statement = await ask("GET", "metadata");
  const [rest] = statement.rest as readonly JsonObject[];
  const resources = rest?.resource as readonly JsonObject[];
  const subscription = resources.find(({ type }) => type === "Subscription") as JsonObject;
  const topics = (subscription.extension as readonly JsonObject[]).map(({ valueCanonical }) => valueCanonical);
  assert.ok(topics.includes("urn:corridor:SubscriptionTopic:admission"));
  const names = (subscription.operation as readonly JsonObject[]).map(({ name }) => name);
  for (const name of ["status", "events", "get-ws-binding-token"]) assert.ok(names.includes(name), name);
  assert.match(JSON.stringify(rest?.extension), /capabilitystatement-websocket.*ws:\/\//);
});
