import { type Access, workerActor } from "#access";
import {
  type AwaitedOutcome,
  Bookkeeper,
  type Configuration,
  DeliveryEngine,
  type LinkRouting,
  type LinkSettings,
  openLinkRouting,
  type PassingOn,
  rendering,
} from "#departments/clinical";
import { type Clock, type HospitalTime, instant, type Log } from "#kernel";
import type { CursorStore, HealthRecord } from "#record";
import { openSender } from "./open-sender.ts";

export interface DeliveriesNeeds {
  /** The whole record: changes of deliveries are noticed in it. */
  readonly record: Pick<HealthRecord, "position" | "history" | "search">;
  readonly access: Access;
  readonly cursors: CursorStore;
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
  readonly log: Log;
  /** Somebody is to be told of a delivery or a destination. */
  escalated?(): void;
}

/** What the links pass on, and what takes it to its destinations. */
export interface Deliveries {
  readonly engine: DeliveryEngine;
  /** By the newest configuration. */
  apply(configuration: Configuration): Promise<void>;
  /** Where the messages of a link go; undefined for a link that is not set up. */
  passingOnOf(link: string): PassingOn | undefined;
  /** The same for one message, whose sender may be answered only when `settled` says so. */
  passingOnWaiting(settings: LinkSettings): WaitingPassingOn | undefined;
  close(): Promise<void>;
}

export interface WaitingPassingOn {
  readonly passingOn: PassingOn;
  /** At once where the sender need not wait. */
  settled(): Promise<AwaitedOutcome>;
}

export function openDeliveries({ access, hospitalTime, record, ...needs }: DeliveriesNeeds): Deliveries {
  const engine = new DeliveryEngine({
    ...needs,
    destinations: [],
    senderFor: (settings) => openSender(settings, needs.log),
    open: () => access.linkContextOf(workerActor("deliveries")),
    feed: record,
    escalate: ({ text: _text, ...alert }) => {
      needs.log.error("a person must look at a destination", { ...alert });
      needs.escalated?.();
    },
  });
  const stop = new AbortController();
  const own = access.contextOf(workerActor("link-books")).record;
  const books = new Bookkeeper({ ...needs, feed: record, own, hospitalTime }).run(stop.signal);
  const renderFor = rendering(hospitalTime);
  const routings = new Map<string, LinkRouting>();
  const passingOnOf = (link: string): PassingOn | undefined => {
    const routing = routings.get(link);
    if (routing === undefined) return undefined;
    return {
      routing,
      day: (arrivedAt) => hospitalTime.day(instant(Date.parse(arrivedAt))),
      queued: (destinations, bodies) => engine.queued(destinations, bodies),
    };
  };
  return {
    engine,
    apply: async ({ links, destinations }) => {
      await engine.apply(destinations);
      routings.clear();
      for (const link of links) routings.set(link.name, openLinkRouting({ link, destinations, renderFor }));
    },
    passingOnOf,
    passingOnWaiting: (settings) => {
      const passingOn = passingOnOf(settings.name);
      return passingOn && waitingFor(settings, { passingOn, engine });
    },
    close: async () => {
      stop.abort();
      await Promise.all([engine.close(), books]);
    },
  };
}

function waitingFor(
  { acknowledge: { after } }: LinkSettings,
  { passingOn, engine }: { readonly passingOn: PassingOn; readonly engine: DeliveryEngine },
): WaitingPassingOn {
  if (after === "recorded") return { passingOn, settled: async () => "delivered" };
  let outcome: Promise<AwaitedOutcome> | undefined;
  const waitMs = after.waitSeconds * 1_000;
  const awaited = (destinations: readonly string[]) => after.delivered.filter((name) => destinations.includes(name));
  const planned = (message: string, destinations: readonly string[]) => {
    const names = awaited(destinations);
    if (names.length > 0) outcome = engine.expect(message, names, waitMs);
  };
  const repeated = (message: string, destinations: readonly string[]) => {
    const names = awaited(destinations);
    if (names.length > 0) outcome = engine.expectRest(message, names, waitMs);
  };
  return { passingOn: { ...passingOn, planned, repeated }, settled: async () => outcome ?? "delivered" };
}
