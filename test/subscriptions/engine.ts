/** The engine behind subscriptions, as the composition root builds it, over a real record. */
import { setTimeout as sleep } from "node:timers/promises";
import { type Actor, workerActor, writerOf } from "#access";
import { expectOk, instant, type JsonObject, type limits, silentLog } from "#kernel";
import { allowedEndpoints, openHooks } from "#links/outgoing-http";
import { type FhirContext, openSubscriptions, parseBody, type Subscriptions } from "#record";
import { freshAccess } from "../access.ts";
import { anActor } from "../handler-context.ts";

export const base = "http://corridor.example/fhir";

/** Quick, so that a test of failures does not take minutes. */
export const quick = { subscriptionRetryFirstMs: 20, subscriptionRetryMaxMs: 100, subscriberTrustMs: 0 };

export type Bounds = Partial<{ readonly [Name in keyof typeof limits]: number }>;

export interface TestEngine {
  readonly subscriptions: Subscriptions;
  close(): Promise<void>;
}

export type TestHospital = Awaited<ReturnType<typeof openHospital>>;

/** A record whose engine can be started, closed and started again, and somebody who may do everything with a token. */
export async function openHospital() {
  const parts = await freshAccess();
  const { access, record, store } = parts;
  const issued = expectOk(
    await access.issueToken({ scope: "system/*.cruds", name: "listener", lifeMs: 3_600_000 }, anActor()),
  );
  const actor = expectOk(await access.authenticate(requestWith(issued))) as Actor;
  return {
    ...parts,
    actor,
    context: access.contextOf(actor) as FhirContext,
    start(bounds: Bounds = {}, endpoints: readonly string[] = []): TestEngine {
      const hooks = openHooks(allowedEndpoints(endpoints) ?? []);
      const subscriptions = openSubscriptions({
        feed: record,
        own: access.contextOf(workerActor("subscriptions")).record,
        store: store.subscriptions,
        subscribers: { find: access.findSubscriber, writerOf: (id, version) => writerOf(store.audit, id, version) },
        hooks,
        clock: { now: () => instant(Date.now()) },
        log: silentLog,
        limits: { ...quick, ...bounds },
      });
      subscriptions.start(base);
      return {
        subscriptions,
        close: async () => {
          await subscriptions.close();
          hooks.close();
        },
      };
    },
    async write(kind: string, id: string, body: JsonObject, by: Actor = actor): Promise<void> {
      const to = access.contextOf(by).record;
      expectOk(
        await to.transact({ operations: [{ action: "update", kind, id, body: { resourceType: kind, ...body } }] }),
      );
    },
    async read(kind: string, id: string): Promise<JsonObject> {
      return parseBody(expectOk(await record.read(kind, id)));
    },
  };
}

function requestWith(issued: { readonly token: string }) {
  return {
    method: "GET",
    path: "/",
    params: {},
    query: new URLSearchParams(),
    headers: { authorization: `Bearer ${issued.token}` },
    body: new Uint8Array(),
    origin: "http://corridor.example",
    remoteAddress: "127.0.0.1",
    closed: new AbortController().signal,
  };
}

/** Waits until something is so; fails after some seconds. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>, waitMs = 8_000): Promise<void> {
  const endMs = Date.now() + waitMs;
  while (!(await isSo())) {
    if (Date.now() > endMs) throw new Error(`it did not come about that ${what}`);
    await sleep(10);
  }
}

/** A subscription to a rest-hook. */
export function hookTo(endpoint: string, criteria: string, channel: JsonObject = {}): JsonObject {
  return { status: "requested", reason: "test", criteria, channel: { type: "rest-hook", endpoint, ...channel } };
}

export const potassium: JsonObject = {
  status: "final",
  code: { coding: [{ system: "http://loinc.org", code: "2823-3" }] },
  subject: { reference: "Patient/osei" },
};
