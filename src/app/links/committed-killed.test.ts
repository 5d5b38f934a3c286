/** kill -9 between the commit and the mapping: what was told to be kept is mapped, each message once and in order. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { writeSync } from "node:fs";
import { type TestContext, test } from "node:test";
import { type LinkMessage, linkMessageDefinition } from "#departments/clinical";
import { countingIds, expectOk, silentLog } from "#kernel";
import type { Observation } from "#standards/fhir";
import { freshAccess } from "../../../test/access.ts";
import { anOruR01, potassium } from "../../../test/builders/index.ts";
import { deliveryKinds } from "../../../test/deliveries/hall.ts";
import { startKillable } from "../../../test/killable.ts";
import { wardTime } from "../../../test/ward/index.ts";
import { openCommitted } from "./committed.ts";
import { openDeliveries } from "./deliveries.ts";

type Connection = NonNullable<NonNullable<Parameters<typeof freshAccess>[0]>["connection"]>;

const kinds = [linkMessageDefinition, ...deliveryKinds];
const kills = 2;
const origin = { id: "lab-1", remoteAddress: "127.0.0.1" };
const together = 8;

const [, , role, connection = "", first = "0"] = process.argv;
if (role === "taking") await takeUntilKilled(JSON.parse(connection) as Connection, Number(first));
else test("a process that commits and maps is killed again and again", killedAgainAndAgain);

/** Each control id that was told to be kept is a line on standard output. */
async function takeUntilKilled(to: Connection, from: number): Promise<void> {
  const committed = await opened(to);
  committed.start();
  for (let at = from; ; at += together) {
    const numbers = Array.from({ length: together }, (_, offset) => at + offset);
    await Promise.all(numbers.map((number) => committed.keep(messageOf(number), "lab", origin).then(expectOk)));
    writeSync(1, numbers.map((number) => `${number}\n`).join(""));
  }
}

/** Every fourth is a newer version of the same result of one patient. */
function messageOf(number: number): Uint8Array {
  const filler = number % 4 === 0 ? "26U1" : `26U${number}-1`;
  const obx = [{ ...potassium, value: String(number) }];
  return Buffer.from(anOruR01({ controlId: `M-${number}`, filler, obx }));
}

async function opened(to?: Connection) {
  return (await partsOf(to)).committed;
}

async function partsOf(to?: Connection) {
  const parts = await freshAccess({ kinds, ...(to === undefined ? {} : { connection: to }) });
  parts.clock.advance(300 * 24 * 60 * 60_000);
  const { record, access, clock, store } = parts;
  const given = { record, access, clock, hospitalTime: wardTime, cursors: store.cursors, log: silentLog };
  const deliveries = openDeliveries(given);
  const shared = { ...given, deliveries, ids: countingIds("A"), safeguardsOf: () => ({}) };
  return { ...parts, deliveries, committed: openCommitted({ ...shared, settingsOf: () => undefined }) };
}

async function killedAgainAndAgain(t: TestContext): Promise<void> {
  const parts = await partsOf();
  t.after(() => Promise.all([parts.committed.close(), parts.deliveries.close()]));
  const kept: number[] = [];
  for (let killed = 0; killed < kills; killed += 1) {
    kept.push(...(await keptUntilKilled(parts.connection, { from: killed * 1_000, enough: 16 + 8 * killed })));
  }
  const all = async <T>(kind: string) => {
    const sort = { by: "updated", descending: false } as const;
    const { versions } = expectOk(await parts.record.search({ kind, all: [], sort, limit: 1_000 }));
    return versions.map(({ version, body }) => ({ ...(JSON.parse(body) as T), version }));
  };
  parts.committed.start();
  for (const endMs = performance.now() + 60_000; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
    if ((await all<LinkMessage>("LinkMessage")).every(({ state }) => state !== "received")) break;
    assert.ok(performance.now() < endMs, "all is mapped within a minute");
  }
  const messages = await all<LinkMessage>("LinkMessage");
  const found = new Set(messages.map(({ controlId }) => controlId));
  assert.deepEqual(
    kept.filter((number) => !found.has(`M-${number}`)),
    [],
    "nothing that was told to be kept is lost",
  );
  assert.deepEqual(new Set(messages.map(({ version, state }) => `${version} ${state}`)), new Set(["2 mapped"]));
  const shared = messages.filter(({ orders }) => orders.some(({ filler }) => filler === "26U1"));
  const result = (await all<Observation>("Observation")).filter(({ version }) => version > 1);
  assert.deepEqual(
    result.map(({ version }) => version),
    [shared.length],
    "each version of the shared result was written once",
  );
}

interface Killing {
  readonly from: number;
  readonly enough: number;
}

async function keptUntilKilled(to: unknown, { from, enough }: Killing): Promise<readonly number[]> {
  const words = [import.meta.filename, "taking", JSON.stringify(to), String(from)];
  const child = startKillable(words);
  let text = "";
  const numbers = () => text.split("\n").filter((line) => line !== "");
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    text += part;
    if (numbers().length >= enough) child.kill("SIGKILL");
  });
  await once(child, "close");
  return numbers().map(Number);
}
