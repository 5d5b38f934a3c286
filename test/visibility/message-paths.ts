/** The browser of messages and the live streams, by their routes. */
import { type Context, checkRoutePolicy, may } from "#access";
import { browserRoutes, LiveHub, liveRoutes } from "#departments/clinical";
import { type HttpReply, type Route, silentLog } from "#kernel";
import type { HealthRecord } from "#record";
import { aRequest } from "../builders/request.ts";
import { type Item, items, messages } from "./hospital.ts";
import type { Asking, Path } from "./paths.ts";
import { shouldSee, shouldSeeWords, type Watcher } from "./watchers.ts";

/** What stands behind the routes, once for all who ask. */
export interface MessageDesk {
  readonly routes: readonly Route<Context>[];
  close(): void;
}

export function openDesk(record: HealthRecord): MessageDesk {
  const pace = { heartbeatMs: 5, eventIntervalMs: 0, lifeMs: 60_000, idsMax: messages.length };
  const hub = new LiveHub({ feed: record, log: silentLog, pace });
  const browser = browserRoutes({ look: record, reasonText: () => "", rowsOf: () => undefined });
  return { routes: [...browser, ...liveRoutes(hub)], close: () => hub.close() };
}

async function reply({ desk, context }: Asking, path: string, params: Record<string, string>): Promise<string> {
  const [pattern = "", query = ""] = path.split("?");
  const route = desk.routes.find((each) => each.path === `/api/clinical${pattern}`);
  if (route === undefined) throw new Error(`No route is ${pattern}.`);
  if (!checkRoutePolicy(route.policy, context.actor).ok) return "";
  const closed = new AbortController();
  const answer = await route.handle(aRequest({ query, params, closed: closed.signal }), context);
  if (!answer.ok) return "";
  const text = await textOf(answer.value);
  closed.abort();
  return text;
}

/** Of a stream, what it tells before it first says that there is nothing more. */
async function textOf({ body }: HttpReply): Promise<string> {
  if (body === undefined || typeof body === "string") return body ?? "";
  if (body instanceof Uint8Array) return Buffer.from(body).toString();
  let text = "";
  for await (const piece of body as AsyncIterable<string>) {
    if (piece.startsWith(": alive")) break;
    text += piece;
  }
  return text;
}

const byId = new Map(messages.map((message) => [message.id, message]));

function messageOf({ id }: Item) {
  const message = byId.get(id);
  if (message === undefined) throw new Error(`No message is ${id}.`);
  return message;
}

function toldWords(watcher: Watcher, item: Item): boolean {
  return toldMessage(watcher, item) && shouldSeeWords(watcher, messageOf(item).wrote);
}

function toldMessage(watcher: Watcher, item: Item): boolean {
  return watcher.actor.permissions.has("messages.read") && shouldSee(watcher, item);
}

interface Asked extends Pick<Path, "name" | "tells"> {
  readonly path: (item: Item) => string;
  readonly should: (watcher: Watcher, item: Item) => boolean;
  readonly of?: readonly Item[];
  readonly param?: (item: Item) => string;
}

function asked({ name, path, tells, should, of = messages, param = ({ id }) => id }: Asked): Path {
  return {
    name,
    ask: (asking) => reply(asking, path(asking.item), { id: param(asking.item) }),
    words: (item) => (path(item).includes("/:id") ? `${path(item)} ${param(item)}` : path(item)),
    items: of,
    should,
    ...(tells && { tells }),
  };
}

const row = ({ id }: Item) => `"id":"${id}","arrivedAt"`;
const word = (item: Item) => messageOf(item).word;
const wrote = (item: Item) => `"reference":"${messageOf(item).wrote.kind}/${messageOf(item).wrote.id}"`;
const named = ({ id }: Item) => `"${id}"`;

const streamed = ["Patient", "Observation"];

export const messagePaths: readonly Path[] = [
  asked({ name: "messages", path: () => `/messages?count=100`, tells: row, should: toldMessage }),
  asked({ name: "messages by number", path: ({ id }) => `/messages?q=${id}`, tells: row, should: toldMessage }),
  asked({ name: "messages by word", path: (item) => `/messages?text=${word(item)}`, tells: row, should: toldWords }),
  asked({ name: "a message", path: () => "/messages/:id", tells: row, should: toldMessage }),
  asked({ name: "a message, its words", path: () => "/messages/:id", tells: word, should: toldWords }),
  asked({ name: "a message, what it wrote", path: () => "/messages/:id", tells: wrote, should: toldWords }),
  asked({ name: "a message as it came", path: () => "/messages/:id/raw", tells: word, should: toldWords }),
  asked({ name: "messages, live", path: () => "/messages/live?after=0", tells: named, should: toldMessage }),
  asked({
    name: "a patient, live",
    path: () => "/patients/:id/live?after=0",
    of: items.filter(({ kind }) => streamed.includes(kind)),
    param: ({ patient }) => patient.id,
    tells: named,
    should: (watcher, item) =>
      watcher.actor.permissions.has("chart.open") && mayOpen(watcher, item) && shouldSee(watcher, item),
  }),
];

function mayOpen(watcher: Watcher, { patient }: Item): boolean {
  const itself = items.find((item) => item.kind === "Patient" && item.patient === patient);
  return may(watcher.actor, "Patient", "read") && itself !== undefined && shouldSee(watcher, itself);
}
