import {
  failed,
  forbidden,
  incorrect,
  isJsonObject,
  type JsonObject,
  limits,
  ok,
  type Result,
  type Route,
} from "#kernel";
import type { Version } from "../documents/document.ts";
import type { Answer } from "../fhir/answer.ts";
import { bundleText, objectText } from "../fhir/bundle-text.ts";
import type { FhirContext } from "../fhir/context.ts";
import { readCurrent } from "../fhir/operations/current.ts";
import { givenParameters } from "../fhir/operations/given.ts";
import {
  givenText,
  givenTexts,
  type Invocation,
  type Operation,
  type StatedOperation,
} from "../fhir/operations/operation.ts";
import { fhirRoute } from "../fhir/routes.ts";
import { notificationText } from "./notification.ts";
import type { Subscriptions } from "./open-subscriptions.ts";
import type { StoredSubscription, SubscriptionEvent } from "./ports.ts";
import { type StatusOf, subscriptionStatus } from "./subscription-status.ts";
import { type Content, contents, readTerms, type Terms } from "./terms.ts";

/** Below the address of the server. */
export const socketPath = "/fhir/subscriptions/socket";

const definitions = "http://hl7.org/fhir/uv/subscriptions-backport/OperationDefinition/backport-subscription-";

const eventNumber = (name: string, documentation: string) => ({ name, type: "string", documentation }) as const;

/** Source: Subscriptions R5 Backport 1.1 (operations). */
function operationsOf(subscriptions: Subscriptions): readonly Operation[] {
  return [
    {
      code: "status",
      title: "How subscriptions are, and how many events they had",
      description: "A searchset of a status for each subscription.",
      types: ["Subscription"],
      levels: ["type", "instance"],
      affectsState: false,
      definition: `${definitions}status`,
      parameters: [
        { name: "id", type: "id", isRepeated: true, documentation: "Only these subscriptions" },
        { name: "status", type: "code", isRepeated: true, documentation: "Only those in one of these states" },
      ],
      run: (invocation, context) => status(subscriptions, invocation, context),
    },
    {
      code: "events",
      title: "Events of a subscription, again",
      description: "A notification with events that are kept, also those that arrived.",
      types: ["Subscription"],
      levels: ["instance"],
      affectsState: false,
      definition: `${definitions}events`,
      parameters: [
        eventNumber("eventsSinceNumber", "The first event asked for"),
        eventNumber("eventsUntilNumber", "The last event asked for"),
        { name: "content", type: "code", documentation: "How much is told of each: empty, id-only or full-resource" },
      ],
      run: (invocation, context) => events(subscriptions, invocation, context),
    },
    {
      code: "get-ws-binding-token",
      title: "A token to listen to subscriptions by WebSocket with",
      description: "For the owner of the subscriptions; good for one connection.",
      types: ["Subscription"],
      levels: ["type", "instance"],
      affectsState: false,
      definition: `${definitions}get-ws-binding-token`,
      parameters: [{ name: "id", type: "id", isRepeated: true, documentation: "Subscriptions to be bound to" }],
      run: (invocation, context) => bindingToken(subscriptions, invocation, context),
    },
  ];
}

/** How the CapabilityStatement names them. */
export function statedSubscriptionOperations(subscriptions: Subscriptions): readonly StatedOperation[] {
  return operationsOf(subscriptions);
}

/** `$status`, `$events` and `$get-ws-binding-token`, by GET and by POST with Parameters. */
export function subscriptionRoutes(subscriptions: Subscriptions): readonly Route<FhirContext>[] {
  return operationsOf(subscriptions).flatMap((operation) =>
    operation.levels.flatMap((level) =>
      (["GET", "POST"] as const).map((method) =>
        fhirRoute({
          method,
          path: `Subscription/${level === "instance" ? ":id/" : ""}$${operation.code}`,
          policy: "Subscription.read",
          summary: operation.title,
          run: async (asked, context) => {
            const given = givenParameters(operation, asked);
            if (!given.ok) return given;
            const { id = "" } = asked.params;
            return operation.run({ asked, type: "Subscription", id, version: "", ...given.value }, context);
          },
        }),
      ),
    ),
  );
}

/** Which subscriptions an operation is about. */
function idsOf({ id, given }: Invocation): readonly string[] {
  return id === "" ? givenTexts(given, "id") : [id];
}

interface Known {
  readonly stored: StoredSubscription;
  readonly resource: JsonObject;
  readonly terms: Terms | undefined;
}

/** A subscription that the caller may read. Problems: not-found, also until the feed was followed to it. */
async function known({ store }: Subscriptions, id: string, { asked, context }: Called): Promise<Result<Known>> {
  const read = await readCurrent(context.record, "Subscription", id);
  if (!read.ok) return read;
  return knownBy(await store.read(id), read.value, { asked, context });
}

interface Called {
  readonly asked: Invocation["asked"];
  readonly context: FhirContext;
}

/** One that the feed was not followed to yet has had no events. */
function knownBy(found: StoredSubscription | undefined, { id, version, body }: Version, { asked, context }: Called) {
  const parsed: unknown = JSON.parse(body);
  const resource = isJsonObject(parsed) ? parsed : {};
  const terms = readTerms(resource, { base: asked.base, now: context.clock.now() });
  const stored = found ?? { id, version, owner: "", state: "requested" as const, events: 0, delivered: 0 };
  return ok({ stored, resource, terms: terms.ok ? terms.value : undefined });
}

function statusOf({ stored, resource, terms }: Known, base: string): StatusOf {
  const about = terms?.about;
  const state = String(resource.status);
  return {
    base,
    subscription: stored.id,
    topic: about?.is === "topic" ? about.topic.url : undefined,
    state: state === "active" || state === "error" || state === "off" ? state : "requested",
    type: "query-status",
    eventsSinceStart: stored.events,
    events: [],
    isNamed: () => true,
    content: about?.is === "topic" ? about.content : "id-only",
    error: typeof resource.error === "string" ? resource.error : undefined,
  };
}

async function status(
  subscriptions: Subscriptions,
  invocation: Invocation,
  context: FhirContext,
): Promise<Result<Answer>> {
  const { asked, given } = invocation;
  const ids = idsOf(invocation);
  const found: Known[] = [];
  if (ids.length > 0) {
    for (const id of ids) {
      const one = await known(subscriptions, id, { asked, context });
      if (!one.ok) return one;
      found.push(one.value);
    }
  } else {
    const sort = { by: "updated", descending: true } as const;
    const page = await context.record.search({ kind: "Subscription", all: [], sort, limit: limits.pageSizeMax });
    if (!page.ok) return page;
    for (const version of page.value.versions) {
      found.push(knownBy(await subscriptions.store.read(version.id), version, { asked, context }).value);
    }
  }
  const wanted = givenTexts(given, "status");
  const statuses = found.map((one) => statusOf(one, asked.base));
  const entries = statuses
    .filter(({ state }) => wanted.length === 0 || wanted.includes(state))
    .map((one) =>
      objectText({
        fullUrl: JSON.stringify(`${asked.base}/Subscription/${one.subscription}/$status`),
        resource: JSON.stringify(subscriptionStatus(one)),
        search: '{"mode":"match"}',
      }),
    );
  return ok({ status: 200, body: bundleText({ type: "searchset", total: entries.length, entries }) });
}

async function events(
  subscriptions: Subscriptions,
  invocation: Invocation,
  context: FhirContext,
): Promise<Result<Answer>> {
  const { asked, given, id } = invocation;
  const found = await known(subscriptions, id, { asked, context });
  if (!found.ok) return found;
  const from = numberOf(given, "eventsSinceNumber", 1);
  const to = numberOf(given, "eventsUntilNumber", Number.MAX_SAFE_INTEGER);
  const content = givenText(given, "content");
  if (from === undefined || to === undefined) return failed(wrongNumber);
  if (content !== undefined && !isContent(content)) return failed(wrongContent);
  const span = { from, to, limit: limits.subscriptionEventsSentMax };
  const kept = await subscriptions.store.events(id, span);
  const of = statusOf(found.value, asked.base);
  const state: StatusOf = { ...of, type: "query-event", events: kept, content: content ?? of.content };
  const versions = state.content === "empty" ? ok([]) : await readable(kept, context);
  if (!versions.ok) return versions;
  return ok({
    status: 200,
    body: notificationText({ status: state, versions: versions.value, at: context.clock.now() }),
  });
}

/** What the caller may not see, or not any more, is told by its number alone. */
async function readable(
  kept: readonly SubscriptionEvent[],
  { record }: FhirContext,
): Promise<Result<readonly Version[]>> {
  const versions: Version[] = [];
  for (const { kind, id, version } of kept) {
    const read = await record.readVersion(kind, id, version);
    if (read.ok) versions.push(read.value);
    else if (read.problems[0].category !== "forbidden" && read.problems[0].category !== "not-found") return read;
  }
  return ok(versions);
}

function isContent(text: string): text is Content {
  return contents.some((content) => content === text);
}

function numberOf(given: Invocation["given"], name: string, otherwise: number): number | undefined {
  const text = givenText(given, name);
  if (text === undefined) return otherwise;
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

const wrongNumber = incorrect("wrong-search-value", "The number of an event is a whole number.");
const wrongContent = incorrect("wrong-search-value", "The contents are empty, id-only and full-resource.", {
  where: "content",
});

async function bindingToken(
  subscriptions: Subscriptions,
  invocation: Invocation,
  context: FhirContext,
): Promise<Result<Answer>> {
  const { asked } = invocation;
  const ids = idsOf(invocation);
  if (ids.length === 0) return failed(noSubscription);
  if (ids.length > limits.webSocketBindingsMax) return failed(tooManyBindings);
  for (const id of ids) {
    const found = await known(subscriptions, id, { asked, context });
    if (!found.ok) return found;
    if (found.value.stored.owner !== context.actor.reference) return failed(notOwner);
    if (found.value.terms?.channel.type !== "websocket") return failed(noSocket);
  }
  const { token, expires } = subscriptions.desk.token(ids, context.record);
  const parameter = [
    { name: "token", valueString: token },
    { name: "expiration", valueDateTime: expires },
    ...ids.map((id) => ({ name: "subscription", valueString: id })),
    { name: "websocket-url", valueUrl: socketAddress(asked.base) },
  ];
  return ok({ status: 200, body: JSON.stringify({ resourceType: "Parameters", parameter }) });
}

/** Where WebSockets are opened, of a server with this FHIR address. */
export function socketAddress(base: string): string {
  return `${base.replace(/^http/, "ws").replace(/\/fhir$/, "")}${socketPath}`;
}

const noSubscription = incorrect("required-element-missing", "Name a subscription to be bound to.", { where: "id" });
const tooManyBindings = incorrect("wrong-search-value", "These are too many subscriptions for one connection.", {
  where: "id",
});
const notOwner = forbidden("not-owner", "Only who wrote a subscription listens to it; write it again to take it over.");
const noSocket = incorrect("wrong-channel", "The channel of this subscription is not a websocket.", {
  where: "Subscription.channel.type",
});
