import { type Clock, type Log, limits } from "#kernel";
import type { HealthRecord } from "../health-record.ts";
import type { SubscriptionBounds } from "./bounds.ts";
import { Follower } from "./follower.ts";
import type { HookSender, Subscribers, SubscriptionStore } from "./ports.ts";
import { Roster } from "./roster.ts";
import { SocketDesk } from "./socket-desk.ts";
import { Turns } from "./turns.ts";

export interface SubscriptionNeeds {
  /** The whole record: changes are read by it, and what is told of them is narrowed to the subscription's owner. */
  readonly feed: HealthRecord;
  /** Narrowed to the worker that writes the status of subscriptions. */
  readonly own: HealthRecord;
  readonly store: SubscriptionStore;
  readonly subscribers: Subscribers;
  readonly hooks: HookSender;
  readonly clock: Clock;
  readonly log: Log;
  /** Other bounds than the usual ones, for tests. */
  readonly limits?: Partial<SubscriptionBounds>;
}

/** Who is told of changes: the engine behind Subscription resources. */
export interface Subscriptions {
  readonly desk: SocketDesk;
  readonly store: SubscriptionStore;
  /** Follows the feed from where it was left; `base` is the address of the FHIR door. */
  start(base: string): void;
  /** Settles when nothing is under way any more; what did not arrive is sent after the next start. */
  close(): Promise<void>;
}

export function openSubscriptions(needs: SubscriptionNeeds): Subscriptions {
  const bounds: SubscriptionBounds = { ...limits, ...needs.limits };
  const stop = new AbortController();
  let address = "";
  const base = () => address;
  const desk = new SocketDesk({ store: needs.store, clock: needs.clock, base, wake: (id) => roster.wake(id), bounds });
  const turns = new Turns(bounds.subscriptionDeliveriesMax);
  const roster = new Roster({ ...needs, lines: desk, turns, bounds, base });
  const follower = new Follower({
    ...needs,
    roster,
    eventsWaitingMax: bounds.subscriptionEventsWaitingMax,
    eventsKept: bounds.subscriptionEventsKept,
  });
  let running: Promise<void> | undefined;
  return {
    desk,
    store: needs.store,
    start(doorAddress) {
      address = doorAddress;
      running ??= follower.run(stop.signal);
    },
    async close() {
      stop.abort();
      desk.close();
      await running;
    },
  };
}
