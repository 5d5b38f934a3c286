import { type Instant, ok, type Result } from "#kernel";
import type { Version } from "../documents/document.ts";
import { notificationText } from "./notification.ts";
import type { HookMessage, Subscriber, SubscriptionEvent } from "./ports.ts";
import type { Registration } from "./registration.ts";
import type { StatusType } from "./subscription-status.ts";
import type { About, Terms } from "./terms.ts";

export interface MessageOf {
  readonly registration: Registration;
  readonly terms: Terms;
  /** The address of the FHIR door. */
  readonly base: string;
  readonly at: Instant;
}

/** One thing to be sent; the events it tells of are in the order of their numbers. */
export interface Message {
  readonly hook: HookMessage | undefined;
  /** The same for a line that is bound to the subscription. */
  readonly text: string;
}

type Hook = Terms["channel"] & { readonly type: "rest-hook" };

/** How many events one message of the subscription tells of at most. */
export function eventsInMessage({ about, channel }: Terms): number {
  if (about.is === "topic") return about.eventsMax;
  // One ping stands for all that has happened.
  return channel.type === "websocket" ? Number.POSITIVE_INFINITY : 1;
}

/** Where a subscription's messages go, without what might be a secret: for the audit log. */
export function addressOf({ channel }: Terms, id: string): string {
  if (channel.type === "websocket") return `websocket Subscription/${id}`;
  const { origin, pathname } = new URL(channel.endpoint);
  return `${origin}${pathname}`;
}

/**
 * What tells of the events. Undefined where nothing is left to be told, as the owner may not see it any more. Problems: those
 * of `Subscriber.hand`.
 */
export async function eventMessage(
  of: MessageOf,
  events: readonly SubscriptionEvent[],
  subscriber: Subscriber,
): Promise<Result<Message | undefined>> {
  const { registration, terms } = of;
  const { about } = terms;
  const handed = await subscriber.hand(events, addressOf(terms, registration.id));
  if (!handed.ok) return handed;
  if (about.is === "topic")
    return ok(topicMessage(of, about, { type: "event-notification", events, versions: handed.value }));
  const [version] = handed.value;
  return ok(version === undefined ? undefined : plainMessage(of, about, version));
}

/** A handshake or a heartbeat. */
export function signOfLife(of: MessageOf, type: "handshake" | "heartbeat"): Message | undefined {
  const { about } = of.terms;
  return about.is === "topic" ? topicMessage(of, about, { type, events: [], versions: [] }) : undefined;
}

interface Told {
  readonly type: StatusType;
  readonly events: readonly SubscriptionEvent[];
  readonly versions: readonly Version[];
}

type TopicAbout = About & { readonly is: "topic" };

function topicMessage({ registration, terms, base, at }: MessageOf, about: TopicAbout, told: Told): Message {
  const { type, events, versions } = told;
  const text = notificationText({
    status: {
      base,
      subscription: registration.id,
      topic: about.topic.url,
      state: type === "handshake" ? "requested" : "active",
      type,
      // What is told is what the receiver can count on: not what others have added since.
      eventsSinceStart: events.at(-1)?.number ?? registration.delivered,
      events,
      isNamed: () => true,
      content: about.content,
    },
    versions,
    at,
  });
  return { text, hook: hookOf(terms, (hook) => ({ method: "POST", url: hook.endpoint, body: text })) };
}

/** Source: FHIR R4 §2.46.4: without a payload a POST to the address, with one an update below it. */
function plainMessage(
  { registration, terms }: MessageOf,
  about: About & { readonly is: "criterion" },
  version: Version,
) {
  const text = `ping ${registration.id}`;
  const hook = hookOf(terms, ({ endpoint }) =>
    about.payload === "nothing"
      ? { method: "POST", url: endpoint, body: "" }
      : { method: "PUT", url: below(endpoint, `${version.kind}/${version.id}`), body: version.body },
  );
  return { text, hook };
}

function below(endpoint: string, path: string): string {
  const url = new URL(endpoint);
  url.pathname = `${url.pathname.replace(/\/$/, "")}/${path}`;
  return url.href;
}

function hookOf(
  { channel }: Terms,
  request: (hook: Hook) => Pick<HookMessage, "method" | "url" | "body">,
): HookMessage | undefined {
  if (channel.type !== "rest-hook") return undefined;
  const made = request(channel);
  const type = made.body === "" ? [] : [["content-type", "application/fhir+json"] as const];
  return { ...made, headers: [...channel.headers, ...type], timeoutMs: channel.timeoutMs };
}
