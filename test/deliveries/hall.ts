/** A record with deliveries in it, an engine that takes them on, and destinations that note what reaches them, for tests. */
import { after } from "node:test";
import { workerActor } from "#access";
import {
  type Delivery,
  type DeliveryAlert,
  DeliveryEngine,
  type DestinationSettings,
  deliveryDefinition,
  destinationSwitchDefinition,
  linkBookDefinition,
  linkSwitchDefinition,
  mappingDelayDefinition,
  patientMergeDefinition,
  usualRetry,
} from "#departments/clinical";
import { expectOk, type OutgoingMessage, ok, type Sender, type SendOutcome, silentLog, unavailable } from "#kernel";
import { type BlobDay, type Create, dailyBlobOf, type Version } from "#record";
import { contextOf } from "../handler-context.ts";
import { freshRecord, type TestRecord } from "../record.ts";

/** Where messages go in a test: `answer` says what becomes of each. */
export interface Mailbox {
  /** The control ids of what reached it, in their order. */
  readonly received: string[];
  answer: (message: OutgoingMessage) => SendOutcome | Promise<SendOutcome>;
}

export function aDestination(name: string, changes: Partial<DestinationSettings> = {}): DestinationSettings {
  return {
    name,
    title: name,
    outlet: { by: "folder", path: "unused", extension: "hl7" },
    content: "as-received",
    lane: "patient",
    lanesMax: 8,
    retry: usualRetry,
    ...changes,
  };
}

export const accepted: SendOutcome = { is: "accepted" };
export const unanswered: SendOutcome = { is: "unanswered", problem: unavailable("no-answer", "No answer came.") };
export const unreachable: SendOutcome = {
  is: "unreachable",
  problem: unavailable("not-connected", "Nobody is there."),
};
export const refused: SendOutcome = {
  is: "refused",
  code: "AR",
  problem: unavailable("refused", "It was refused."),
};

export interface Hall {
  readonly parts: TestRecord;
  readonly mailboxes: ReadonlyMap<string, Mailbox>;
  readonly alerts: DeliveryAlert[];
  readonly engine: DeliveryEngine;
  /** `lane` and control id of each, in the order in which they are queued. */
  queue(destination: string, messages: readonly (readonly [lane: string, controlId: string])[]): Promise<void>;
  /** As they are by now, oldest first. */
  deliveries(): Promise<readonly (Delivery & { readonly id: string })[]>;
  /** Waits until it is so; fails after 20 seconds. */
  until(isSo: () => boolean | Promise<boolean>): Promise<void>;
  decide(controlId: string, change: Partial<Delivery>): Promise<void>;
}

export interface HallOptions {
  readonly destinations: readonly DestinationSettings[];
  /** Another process on the same record, and mailboxes. */
  readonly of?: Hall;
}

export const deliveryKinds = [
  deliveryDefinition,
  destinationSwitchDefinition,
  linkBookDefinition,
  linkSwitchDefinition,
  mappingDelayDefinition,
  patientMergeDefinition,
];

export async function aHall({ destinations, of }: HallOptions): Promise<Hall> {
  const parts = of?.parts ?? (await freshRecord({ kinds: deliveryKinds }));
  const mailboxes =
    of?.mailboxes ?? new Map(destinations.map(({ name }) => [name, { received: [], answer: () => accepted }]));
  const alerts: DeliveryAlert[] = [];
  const engine = startEngine({ parts, mailboxes, alerts, destinations });
  // A test that fails does not come to its own end.
  after(() => engine.close());
  return { parts, mailboxes, alerts, engine, ...handles(parts, engine) };
}

type Starting = Pick<Hall, "parts" | "mailboxes" | "alerts"> & Pick<HallOptions, "destinations">;

function startEngine({ parts, mailboxes, alerts, destinations }: Starting): DeliveryEngine {
  return new DeliveryEngine({
    destinations,
    senderFor: ({ name }) => senderTo(mailboxes.get(name) as Mailbox),
    open: () => ({ context: contextOf(parts, workerActor("deliveries")), witness: async () => ok(undefined) }),
    feed: parts.record,
    cursors: parts.store.cursors,
    clock: parts.clock,
    log: silentLog,
    escalate: (alert) => void alerts.push(alert),
  });
}

function senderTo(mailbox: Mailbox): Sender {
  return {
    send: (message, signal) => {
      mailbox.received.push(message.controlId);
      const cutOff = new Promise<SendOutcome>((resolve) => {
        signal.addEventListener("abort", () => resolve(unanswered), { once: true });
      });
      return Promise.race([mailbox.answer(message), cutOff]);
    },
    status: () => ({ state: "connected", text: "in a test" }),
    close: async () => {},
  };
}

function handles(parts: TestRecord, engine: DeliveryEngine) {
  const versions = async (): Promise<readonly Version[]> => {
    const sort = { by: "updated", descending: false } as const;
    return expectOk(await parts.record.search({ kind: "Delivery", all: [], sort, limit: 1_000 })).versions;
  };
  return {
    queue: async (destination: string, messages: readonly (readonly [string, string])[]) => {
      for (let at = 0; at < messages.length; at += 500) {
        await queueSome(parts, destination, messages.slice(at, at + 500));
      }
      engine.queued([destination], []);
    },
    deliveries: async () =>
      (await versions()).map(({ body }) => JSON.parse(body) as Delivery & { readonly id: string }),
    until: async (isSo: () => boolean | Promise<boolean>) => {
      for (const end = Date.now() + 20_000; !(await isSo()); ) {
        if (Date.now() > end) throw new Error("it did not come to that within 20 seconds");
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    decide: async (controlId: string, change: Partial<Delivery>) => {
      const found = (await versions()).find(({ body }) => (JSON.parse(body) as Delivery).controlId === controlId);
      if (found === undefined) throw new Error(`there is no delivery ${controlId}`);
      const body = { ...JSON.parse(found.body), ...change };
      expectOk(
        await parts.record.transact({ operations: [{ action: "update", kind: "Delivery", id: found.id, body }] }),
      );
      engine.decided();
    },
  };
}

export async function queueSome(
  { record }: TestRecord,
  destination: string,
  messages: readonly (readonly [string, string])[],
) {
  const bytes = Buffer.from("MSH|^~\\&|LAB|L|GP|G|20261123||ORU^R01|1|P|2.4\r");
  const blob = dailyBlobOf(bytes, "2026-03-02" as BlobDay);
  const operations = messages.map(([lane, controlId]): Create => {
    const body: Delivery = {
      message: `m-${controlId}`,
      link: "lab",
      day: "2026-03-02",
      destination,
      route: "all",
      lane,
      of: 1,
      queuedAt: "2026-03-02T09:00:00.000Z",
      state: "queued",
      controlId,
      contentType: "x-application/hl7-v2+er7",
      body: blob.hash,
      sizeBytes: blob.bytes.length,
      attempts: 0,
    };
    return { action: "create", kind: "Delivery", body };
  });
  expectOk(await record.transact({ operations, blobs: [blob] }));
}
