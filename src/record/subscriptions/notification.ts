import { createHash } from "node:crypto";
import { type Instant, toIso } from "#kernel";
import type { Version } from "../documents/document.ts";
import { objectText } from "../fhir/bundle-text.ts";
import { backport } from "./extension.ts";
import type { SubscriptionEvent } from "./ports.ts";
import { type StatusOf, subscriptionStatus } from "./subscription-status.ts";

export interface NotificationOf {
  readonly status: StatusOf;
  /** The versions of the events that may be shown. */
  readonly versions: readonly Version[];
  readonly at: Instant;
}

/**
 * A Bundle of a SubscriptionStatus and, as far as the content asks for it, what the events are about. The same events make the
 * same Bundle but for its time, however often it is sent. Source: Subscriptions R5 Backport 1.1, notifications.
 */
export function notificationText({ status, versions, at }: NotificationOf): string {
  const shown = new Map(versions.map((version) => [version.position, version]));
  const named = { ...status, isNamed: (event: SubscriptionEvent) => shown.has(event.position) };
  const statusEntry = objectText({
    fullUrl: JSON.stringify(statusAddress(status)),
    resource: JSON.stringify(subscriptionStatus(named)),
    request: JSON.stringify({ method: "GET", url: `Subscription/${status.subscription}/$status` }),
    response: JSON.stringify({ status: "200" }),
  });
  const events = status.content === "empty" ? [] : status.events;
  const entries = events.flatMap((event) => {
    const version = shown.get(event.position);
    return version === undefined ? [] : [eventEntry(status, version)];
  });
  return objectText({
    resourceType: '"Bundle"',
    meta: JSON.stringify({ profile: [backport.notificationProfile] }),
    type: '"history"',
    timestamp: JSON.stringify(toIso(at)),
    entry: `[${[statusEntry, ...entries].join(",")}]`,
  });
}

/** A UUID of version 8 that is made of what the status is about. Source: RFC 9562 §5.8. */
function statusAddress({ subscription, type, events, eventsSinceStart }: StatusOf): string {
  const name = [subscription, type, eventsSinceStart, ...events.map(({ number }) => number)].join("/");
  const hash = createHash("sha256").update(name).digest("hex");
  const variant = ((Number.parseInt(hash.slice(16, 17), 16) & 3) | 8).toString(16);
  return `urn:uuid:${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

const methods = { create: "POST", update: "PUT", delete: "DELETE" } as const;
const statuses = { create: "201", update: "200", delete: "204" } as const;

function eventEntry({ base, content }: StatusOf, version: Version): string {
  const { kind, id, action, at } = version;
  const isWhole = content === "full-resource" && action !== "delete";
  const url = action === "create" ? kind : `${kind}/${id}`;
  const response = { status: statuses[action], etag: `W/"${version.version}"`, lastModified: toIso(at) };
  return objectText({
    fullUrl: JSON.stringify(`${base}/${kind}/${id}`),
    resource: isWhole ? version.body : undefined,
    request: JSON.stringify({ method: methods[action], url }),
    response: JSON.stringify(response),
  });
}
