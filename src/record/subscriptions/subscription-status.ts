import { type JsonObject, type Problem, toIso } from "#kernel";
import { backport } from "./extension.ts";
import type { SubscriptionEvent, SubscriptionState } from "./ports.ts";
import type { Content } from "./terms.ts";

/** Why a status is told. Source: Subscriptions R5 Backport 1.1, SubscriptionStatus.type. */
export type StatusType = "handshake" | "heartbeat" | "event-notification" | "query-status" | "query-event";

export interface StatusOf {
  /** The address of the FHIR door. */
  readonly base: string;
  readonly subscription: string;
  /** Undefined for one that is about a search. */
  readonly topic: string | undefined;
  readonly state: SubscriptionState;
  readonly type: StatusType;
  /** The number of the newest event. */
  readonly eventsSinceStart: number;
  readonly events: readonly SubscriptionEvent[];
  /** Those of the events that may be named. */
  readonly isNamed: (event: SubscriptionEvent) => boolean;
  readonly content: Content;
  readonly error?: Problem | string | undefined;
}

/** The state of a subscription as R4 can say it. Source: Subscriptions R5 Backport 1.1, backport-subscription-status-r4. */
export function subscriptionStatus(status: StatusOf): JsonObject {
  const { base, subscription, topic, state, type, eventsSinceStart, events } = status;
  return {
    resourceType: "Parameters",
    meta: { profile: [backport.statusProfile] },
    parameter: [
      { name: "subscription", valueReference: { reference: `${base}/Subscription/${subscription}` } },
      ...(topic === undefined ? [] : [{ name: "topic", valueCanonical: topic }]),
      { name: "status", valueCode: state },
      { name: "type", valueCode: type },
      { name: "events-since-subscription-start", valueString: String(eventsSinceStart) },
      ...events.map((event) => ({ name: "notification-event", part: eventParts(status, event) })),
      ...errorParts(status),
    ],
  };
}

function eventParts({ base, content, isNamed }: StatusOf, event: SubscriptionEvent): readonly JsonObject[] {
  const { number, at, kind, id } = event;
  const parts: JsonObject[] = [
    { name: "event-number", valueString: String(number) },
    { name: "timestamp", valueInstant: toIso(at) },
  ];
  if (content === "empty" || !isNamed(event)) return parts;
  return [...parts, { name: "focus", valueReference: { reference: `${base}/${kind}/${id}` } }];
}

function errorParts({ error }: StatusOf): readonly JsonObject[] {
  if (error === undefined) return [];
  return [{ name: "error", valueCodeableConcept: { text: typeof error === "string" ? error : error.message } }];
}
