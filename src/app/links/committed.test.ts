/** Messages whose senders are told of the commit first, and that are mapped behind that. Source: HL7 v2.5.1 §2.9.3. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import {
  type Delivery,
  type LinkMessage,
  linkBookDefinition,
  linkMessageDefinition,
  readConfigurationWhole,
} from "#departments/clinical";
import { countingIds, expectOk, type Json, limits, silentLog } from "#kernel";
import type { Observation } from "#standards/fhir";
import { freshAccess } from "../../../test/access.ts";
import { aMerge, anOruR01, potassium } from "../../../test/builders/index.ts";
import { deliveryKinds } from "../../../test/deliveries/hall.ts";
import { mrsOsei, wardTime } from "../../../test/ward/index.ts";
import { type CommittedMessages, type CommittedNeeds, openCommitted } from "./committed.ts";
import { openDeliveries } from "./deliveries.ts";

const origin = { id: "lab-1", remoteAddress: "127.0.0.1" };
const toGp = { name: "all", when: {}, to: ["gp"] };
const gp = { title: "gp", outlet: { by: "mllp", host: "127.0.0.1", port: 1 } };

/** A link that is set up; nothing is mapped before `start`. */
async function aLink(t: TestContext, link: Readonly<Record<string, Json>> = {}) {
  const kinds = new Set([linkMessageDefinition, linkBookDefinition, ...deliveryKinds]);
  const { record, access, clock, store } = await freshAccess({ kinds: [...kinds] });
  clock.advance(300 * 24 * 60 * 60_000);
  const given = { record, access, clock, hospitalTime: wardTime, cursors: store.cursors, log: silentLog };
  const deliveries = openDeliveries(given);
  t.after(() => deliveries.close());
  const lab = { title: "Laboratory", intake: { by: "mllp", port: 0 }, ...link };
  const files: readonly { readonly path: string; readonly json: Json }[] = [
    { path: "links/lab.json", json: lab },
    { path: "destinations/gp.json", json: gp },
  ];
  const configuration = expectOk(readConfigurationWhole(files));
  await deliveries.apply(configuration);
  const open = (own: Pick<CommittedNeeds, "backlog"> & Partial<Pick<CommittedNeeds, "safeguardsOf">> = {}) => {
    const [settings] = configuration.links;
    const shared = { ...given, deliveries, ids: countingIds("A"), safeguardsOf: () => ({}), ...own };
    const committed = openCommitted({ ...shared, settingsOf: () => settings });
    t.after(() => committed.close());
    return committed;
  };
  const all = async <T>(kind: string) => {
    const sort = { by: "updated", descending: false } as const;
    const { versions } = expectOk(await record.search({ kind, all: [], sort, limit: 1_000 }));
    return versions.map(({ id, version, body }) => ({ ...(JSON.parse(body) as T), id, version }));
  };
  const states = async () => (await all<LinkMessage>("LinkMessage")).map(({ state }) => state);
  return { open, all, states, clock };
}

const keep = async (committed: CommittedMessages, message: string, link = "lab") =>
  expectOk(await committed.keep(Buffer.from(message), link, origin));

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const endMs = performance.now() + 20_000; !(await isSo()); ) {
    assert.ok(performance.now() < endMs, "it did not come to that within 20 seconds");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test("what was committed waits in the record, and is mapped once by whoever comes next", async (t) => {
  const { open, all, states } = await aLink(t);
  const first = open();
  const messages = Array.from({ length: 30 }, (_, at) => anOruR01({ controlId: `M-${at}`, filler: `26U${at}` }));
  await Promise.all(messages.map((message) => keep(first, message)));
  await keep(first, messages[3] as string);
  assert.deepEqual(new Set(await states()), new Set(["received"]));
  assert.deepEqual(await all("Observation"), []);
  await first.close();
  const second = open();
  second.start();
  await until(async () => (await states()).every((state) => state === "mapped"));
  const mapped = await all<LinkMessage>("LinkMessage");
  assert.equal(mapped.length, 30);
  assert.deepEqual(new Set(mapped.map(({ version }) => version)), new Set([2]));
  assert.ok(mapped.every(({ acknowledgement, mappedAt }) => acknowledgement?.code === "AA" && mappedAt !== undefined));
  assert.equal((await all("DiagnosticReport")).length, 30);
});

test("the application's acknowledgement comes when the message is mapped, and again when it is sent again", async (t) => {
  const { open } = await aLink(t);
  const committed = open();
  const kept = await keep(committed, anOruR01({ controlId: "M-1" }));
  const answer = kept.application();
  committed.start();
  assert.match(Buffer.from((await answer) ?? []).toString(), /MSA\|AA\|M-1/);
  const again = await keep(committed, anOruR01({ controlId: "M-1" }));
  assert.match(Buffer.from((await again.application()) ?? []).toString(), /MSA\|AA\|M-1/);
});

test("the same control id with other content is kept besides, and held", async (t) => {
  const { open, all, states } = await aLink(t);
  const committed = open();
  await keep(committed, anOruR01({ controlId: "M-1" }));
  await keep(committed, anOruR01({ controlId: "M-1", filler: "26U9" }));
  committed.start();
  await until(async () => !(await states()).includes("received"));
  const reasons = (await all<LinkMessage>("LinkMessage")).map(({ state, reasons: [first] }) => [state, first?.code]);
  assert.ok(reasons.some(([state, code]) => state === "held" && code === "control-id-reused"));
  assert.deepEqual((await states()).sort(), ["held", "mapped"]);
});

test("of one patient everything is mapped and sent on in the order in which it was committed, merges too", async (t) => {
  const { open, all, states } = await aLink(t, { routes: [toGp] });
  const committed = open();
  const ofOther = { patient: { ...mrsOsei, nhsNumber: "", hospitalNumber: "H9" }, pid: { 3: "H9^^^MEADOW^MR" } };
  const sent = Array.from({ length: 12 }, (_, at) =>
    anOruR01({ controlId: `M-${at}`, filler: "26U1", obx: [{ ...potassium, value: `${at}` }] }),
  );
  for (const message of sent) await keep(committed, message);
  await keep(committed, anOruR01({ controlId: "OTHER", filler: "26U2", ...ofOther }));
  await keep(committed, aMerge({ controlId: "MERGE" }));
  await keep(committed, anOruR01({ controlId: "LAST", filler: "26U3", ...ofOther }));
  committed.start();
  await until(async () => !(await states()).includes("received"));
  const deliveries = (await all<Delivery>("Delivery")).map(({ controlId }) => controlId);
  assert.deepEqual(
    deliveries.filter((controlId) => controlId.startsWith("M-")),
    sent.map((_, at) => `M-${at}`),
  );
  assert.deepEqual(deliveries.slice(-2), ["MERGE", "LAST"]);
  const values = (await all<Observation>("Observation")).map(({ valueQuantity }) => valueQuantity?.value);
  assert.ok(values.includes(11), "the last version stands");
});

test("a message that cannot be mapped keeps back its own patient alone, and is mapped when it can be", async (t) => {
  const { open, all } = await aLink(t);
  let isBroken = true;
  const safeguardsOf = (link: string) => {
    if (link === "broken" && isBroken) throw new Error("the rows of this link are gone");
    return {};
  };
  const committed = open({ safeguardsOf });
  const other = (controlId: string) => ({
    controlId,
    filler: controlId,
    patient: { ...mrsOsei, nhsNumber: "", hospitalNumber: controlId },
    pid: { 3: `${controlId}^^^MEADOW^MR` },
  });
  await keep(committed, anOruR01({ controlId: "FIRST", filler: "26U1" }), "broken");
  await keep(committed, anOruR01({ controlId: "BEHIND", filler: "26U2" }));
  for (const id of ["H1", "H2", "H3"]) await keep(committed, anOruR01(other(id)));
  committed.start();
  const mapped = async () =>
    (await all<LinkMessage>("LinkMessage")).filter(({ state }) => state === "mapped").map(({ controlId }) => controlId);
  await until(async () => (await mapped()).length >= 3);
  assert.deepEqual(new Set(await mapped()), new Set(["H1", "H2", "H3"]));
  const delays = await all<{ readonly link: string; readonly reasons: readonly { readonly code: string }[] }>(
    "MappingDelay",
  );
  const [first] = (await all<LinkMessage>("LinkMessage")).filter(({ controlId }) => controlId === "FIRST");
  assert.deepEqual(
    delays.map(({ id, link, reasons: [reason], version }) => ({ id, link, code: reason?.code, version })),
    [{ id: first?.id, link: "broken", code: "mapping-fault", version: 1 }],
  );
  isBroken = false;
  await until(async () => (await mapped()).length === 5);
  assert.deepEqual((await mapped()).slice(-2), ["FIRST", "BEHIND"]);
});

test("where too many wait to be mapped, senders are slowed, then told nothing, and taken again when fewer wait", async (t) => {
  const { open, states, clock } = await aLink(t);
  const committed = open({ backlog: { slowedFrom: 2, refusedFrom: 4, slowedMsMax: 60 } });
  const send = (at: number) => committed.keep(Buffer.from(anOruR01({ controlId: `M-${at}` })), "lab", origin);
  const tookMs: number[] = [];
  for (const at of [1, 2, 3, 4]) {
    const startedMs = performance.now();
    expectOk(await send(at));
    tookMs.push(performance.now() - startedMs);
  }
  assert.ok((tookMs[3] ?? 0) >= 35, `the fourth was answered after ${tookMs[3]} ms`);
  const refused = await send(5);
  assert.equal(refused.ok || refused.problems[0].code, "mapping-behind");
  assert.equal((await states()).length, 4);
  committed.start();
  await until(async () => !(await states()).includes("received"));
  clock.advance(limits.backlogCountMs);
  await until(async () => (await send(5)).ok);
  const elsewhere = await committed.keep(Buffer.from(anOruR01({ controlId: "X" })), "other", origin);
  assert.ok(elsewhere.ok, "other links are not concerned");
});
