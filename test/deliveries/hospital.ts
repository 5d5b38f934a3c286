/** A record with one link, and surgeries that listen by MLLP, for tests of what the program wires between them. */
import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { type Access, linkActor } from "#access";
import {
  type AwaitedOutcome,
  type Configuration,
  type DeliveryEngine,
  type LinkSettings,
  linkConfigurationDefinition,
  linkMessageDefinition,
  type PassingOn,
  readConfigurationWhole,
  receive,
} from "#departments/clinical";
import { type Clock, expectOk, type HospitalTime, type Json, type Log, silentLog } from "#kernel";
import type { CursorStore, HealthRecord } from "#record";
import { buildAck, peekHeader } from "#standards/hl7v2";
import { freshAccess } from "../access.ts";
import { anOpenLink } from "../doors/mllp.ts";
import { wardTime } from "../ward/index.ts";
import { deliveryKinds } from "./hall.ts";

/** What the program opens, as far as a test uses it. */
interface OpenedDeliveries {
  readonly engine: DeliveryEngine;
  apply(configuration: Configuration): Promise<void>;
  passingOnOf(link: string): PassingOn | undefined;
  passingOnWaiting(
    settings: LinkSettings,
  ): { readonly passingOn: PassingOn; settled(): Promise<AwaitedOutcome> } | undefined;
  close(): Promise<void>;
}

interface Opening {
  readonly record: HealthRecord;
  readonly access: Access;
  readonly cursors: CursorStore;
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
  readonly log: Log;
}

export interface Hospital {
  /** What `links/lab.json` says besides its intake. */
  readonly link: Readonly<Record<string, Json>>;
  readonly surgeries: readonly string[];
  openDeliveries(opening: Opening): OpenedDeliveries;
}

/** A surgery that listens: `code` is what it answers. */
interface Surgery {
  readonly port: number;
  readonly received: string[];
  readonly answering: { code: "AA" | "AE" | "AR" };
}

export async function aHospital(t: TestContext, { link, surgeries, openDeliveries }: Hospital) {
  const parts = await freshAccess({ kinds: [linkMessageDefinition, linkConfigurationDefinition, ...deliveryKinds] });
  const { record, access, clock, store } = parts;
  clock.advance(300 * 24 * 60 * 60_000); // to after the messages were sent
  const doors = await Promise.all(surgeries.map((name) => aSurgery(t, name, clock)));
  const configuration = configurationOf(link, doors);
  const { cursors } = store;
  const deliveries = openDeliveries({ record, access, cursors, clock, hospitalTime: wardTime, log: silentLog });
  t.after(() => deliveries.close());
  await deliveries.apply(configuration);
  const [settings] = configuration.links;
  assert.ok(settings !== undefined);
  const open = new Map(doors);
  const door = (name: string) => {
    const found = open.get(name);
    assert.ok(found !== undefined);
    return found;
  };
  const all = async <T>(kind: string) => {
    const sort = { by: "updated", descending: false } as const;
    const { versions } = expectOk(await record.search({ kind, all: [], sort, limit: 1_000 }));
    return versions.map(({ body }) => JSON.parse(body) as T);
  };
  return { ...parts, deliveries, configuration, send: sender(access, deliveries, settings), all, until, door };
}

async function aSurgery(t: TestContext, name: string, clock: Clock): Promise<readonly [string, Surgery]> {
  const received: string[] = [];
  const answering: Surgery["answering"] = { code: "AA" };
  const { port } = await anOpenLink(t, {
    receive: async (message) => {
      const { header } = peekHeader(message);
      received.push(header?.controlId ?? "");
      return Buffer.from(buildAck(header, { ...answering, controlId: "A", at: clock.now(), problems: [] }));
    },
  });
  return [name, { port, received, answering }];
}

function configurationOf(link: Hospital["link"], doors: readonly (readonly [string, Surgery])[]): Configuration {
  const files = [
    { path: "links/lab.json", json: { title: "Lab", intake: { by: "mllp", port: 0 }, ...link } as Json },
    ...doors.map(([name, { port }]) => ({
      path: `destinations/${name}.json`,
      json: { title: name, outlet: { by: "mllp", host: "127.0.0.1", port, answerWithinSeconds: 5, connections: 4 } },
    })),
  ];
  return expectOk(readConfigurationWhole(files));
}

function sender(access: Access, deliveries: OpenedDeliveries, settings: LinkSettings) {
  return async (message: string) => {
    const waiting = deliveries.passingOnWaiting(settings);
    assert.ok(waiting !== undefined);
    const { passingOn } = waiting;
    const { context, witness } = access.linkContextOf(linkActor("lab"));
    const { offsetMinutesAt } = wardTime;
    const given = { context, link: "lab", connection: "lab-1", offsetMinutesAt, log: silentLog, passingOn };
    const answer = expectOk(await receive(Buffer.from(message), given));
    expectOk(await witness());
    return { answer: Buffer.from(answer).toString(), settled: await waiting.settled() };
  };
}

async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  for (const end = performance.now() + 30_000; !(await isSo()); ) {
    assert.ok(performance.now() < end, "it did not come to that within 30 seconds");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
