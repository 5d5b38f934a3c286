import {
  failed,
  incorrect,
  isJsonObject,
  type Json,
  type JsonObject,
  limits,
  ok,
  okUnless,
  type Problem,
  type Result,
  unsupported,
} from "#kernel";
import { type Channel, readChannel } from "./channel.ts";
import { type Criterion, type CriterionNeeds, readCriterion } from "./criterion.ts";
import { backport, extensionsOf } from "./extension.ts";
import type { Topic } from "./topic.ts";
import { topicBy } from "./topics.ts";

/** What a Subscription asks for, compiled once. */
export interface Terms {
  readonly about: About;
  readonly channel: Channel;
  /** From then on it asks for nothing more; undefined: for ever. */
  readonly endMs: number | undefined;
}

export type About =
  /** A search. Source: FHIR R4 §2.46 (Subscription). */
  | { readonly is: "criterion"; readonly criterion: Criterion; readonly payload: "nothing" | "resource" }
  /** A topic. Source: Subscriptions R5 Backport 1.1 (topic-based subscriptions). */
  | ({ readonly is: "topic"; readonly topic: Topic; readonly filters: readonly Criterion[] } & TopicTerms);

export const contents = ["empty", "id-only", "full-resource"] as const;
export type Content = (typeof contents)[number];

export interface TopicTerms {
  readonly content: Content;
  /** Something is sent at least this often; undefined: only events. */
  readonly heartbeatMs: number | undefined;
  /** Events in one notification at most. */
  readonly eventsMax: number;
}

/** Problems: what of the Subscription cannot be done, each with its place. */
export function readTerms(subscription: JsonObject, needs: CriterionNeeds): Result<Terms> {
  const channel = readChannel(subscription.channel);
  const about = readAbout(subscription, needs);
  const end = readEnd(subscription.end);
  if (!channel.ok || !about.ok || !end.ok) {
    return failedAll([channel, about, end].flatMap((read) => (read.ok ? [] : read.problems)));
  }
  return ok({ about: about.value, channel: channel.value, endMs: end.value });
}

function failedAll(problems: readonly Problem[]): Result<never> {
  return okUnless(problems, undefined as never);
}

function readEnd(end: Json | undefined): Result<number | undefined> {
  if (end === undefined) return ok(undefined);
  const endMs = Date.parse(String(end));
  return Number.isNaN(endMs) ? failed(wrong("Subscription.end", "This is no instant.")) : ok(endMs);
}

/** A topic is named by an address; a search begins with a type. */
function readAbout(subscription: JsonObject, needs: CriterionNeeds): Result<About> {
  const criteria = String(subscription.criteria ?? "");
  if (/^[a-z][a-z0-9+.-]*:/.test(criteria)) return readTopic(criteria, subscription, needs);
  const criterion = readCriterion(criteria, needs);
  if (!criterion.ok) return criterion;
  const payload = isJsonObject(subscription.channel) ? subscription.channel.payload : undefined;
  return ok({
    is: "criterion",
    criterion: criterion.value,
    payload: payload === undefined || payload === "" ? "nothing" : "resource",
  });
}

function readTopic(url: string, subscription: JsonObject, needs: CriterionNeeds): Result<About> {
  const topic = topicBy(url);
  if (topic === undefined) return failed(noTopic);
  const filters: Criterion[] = [];
  for (const { valueString } of extensionsOf(subscription._criteria, backport.filterCriteria)) {
    const filter = readCriterion(String(valueString ?? ""), needs);
    if (!filter.ok) return filter;
    if (!topic.triggers.some(({ kind }) => kind === filter.value.kind)) return failed(noSuchFilter);
    filters.push(filter.value);
  }
  const terms = readTopicTerms(subscription.channel);
  return terms.ok ? ok({ is: "topic", topic, filters, ...terms.value }) : terms;
}

const noTopic = unsupported("unknown-topic", "There is no such topic here; the CapabilityStatement lists them.", {
  where: "Subscription.criteria",
});
const noSuchFilter = incorrect("wrong-criteria", "The topic is not about resources of the type of a filter.", {
  where: "Subscription.criteria",
});

function readTopicTerms(channel: Json | undefined): Result<TopicTerms> {
  const [payload] = isJsonObject(channel) ? extensionsOf(channel._payload, backport.payloadContent) : [];
  const [heartbeat] = extensionsOf(channel, backport.heartbeatPeriod);
  const [maxCount] = extensionsOf(channel, backport.maxCount);
  const content = contents.find((one) => one === (payload?.valueCode ?? "empty"));
  if (content === undefined) return failed(wrong("Subscription.channel.payload", "This content is not known."));
  const seconds = heartbeat?.valueUnsignedInt;
  const count = maxCount?.valuePositiveInt;
  return ok({
    content,
    heartbeatMs: isCount(seconds) ? Math.max(seconds, 1) * 1_000 : undefined,
    eventsMax: Math.min(isCount(count) ? count : 1, limits.subscriptionEventsSentMax),
  });
}

function isCount(value: Json | undefined): value is number {
  return typeof value === "number" && Number.isInteger(value) && value > 0;
}

function wrong(where: string, message: string): Problem {
  return incorrect("wrong-subscription", message, { where });
}
