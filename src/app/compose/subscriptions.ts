import { type Access, type Context, workerActor, writerOf } from "#access";
import { type Log, ok, type Route, type TextLineRoute } from "#kernel";
import { openHooks } from "#links/outgoing-http";
import {
  type HealthRecord,
  openSubscriptions,
  type StatedOperation,
  type Subscriptions,
  socketPath,
  statedSubscriptionOperations,
  subscriptionRoutes,
} from "#record";
import type { PostgresStore } from "#storage/postgres";
import { systemClock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { ShutdownStack } from "./shutdown-stack.ts";

export interface SubscriptionNeeds {
  readonly config: Config;
  readonly access: Access;
  readonly store: PostgresStore;
  /** The whole record. */
  readonly record: HealthRecord;
  readonly log: Log;
  readonly stack: ShutdownStack;
}

export interface SubscriptionParts {
  readonly routes: readonly Route<Context>[];
  /** For the CapabilityStatement. */
  readonly operations: readonly StatedOperation[];
  /** Follows the feed from where it was left; it is told under which address Corridor is reached. */
  start(origin: string): void;
}

/** Who is told of changes: by requests to addresses outside, and over WebSockets. */
export function openSubscriptionParts({
  config,
  access,
  store,
  record,
  log,
  stack,
}: SubscriptionNeeds): SubscriptionParts {
  const hooks = openHooks(config.subscriptionEndpoints);
  const subscriptions = openSubscriptions({
    feed: record,
    own: access.contextOf(workerActor("subscriptions")).record,
    store: store.subscriptions,
    subscribers: { find: access.findSubscriber, writerOf: (id, version) => writerOf(store.audit, id, version) },
    hooks,
    clock: systemClock,
    log,
  });
  stack.defer("subscriptions", async () => {
    await subscriptions.close();
    hooks.close();
  });
  return {
    routes: [...subscriptionRoutes(subscriptions), socketRoute(subscriptions)],
    operations: statedSubscriptionOperations(subscriptions),
    start: (origin) => subscriptions.start(`${origin}/fhir`),
  };
}

/** Anybody may open it; what they may listen to is asked when they bind to it. */
function socketRoute({ desk }: Subscriptions): TextLineRoute<Context> {
  return {
    method: "GET",
    path: socketPath,
    policy: "public",
    summary: "A WebSocket that tells of the events of subscriptions",
    problems: "operation-outcome",
    // Source: RFC 9110 §15.5.22 (426).
    handle: async () => ok({ status: 426, headers: { upgrade: "websocket" } }),
    converse: (line, { record }) => desk.converse(line, record),
  };
}
