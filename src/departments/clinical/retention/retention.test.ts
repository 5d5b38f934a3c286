/** What links carried is kept for the days that the link says, and taken away a day at a time. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { workerActor } from "#access";
import { expectOk, silentLog } from "#kernel";
import { type BlobDay, dailyBlobOf, type Operation, parseBody } from "#record";
import { aLinkMessage } from "../../../../test/builders/link-message.ts";
import { anActor, contextOf } from "../../../../test/handler-context.ts";
import { freshRecord } from "../../../../test/record.ts";
import { fetchMessage, fetchRaw } from "../browser/fetch-messages.ts";
import { type Delivery, deliveryKind } from "../deliveries/delivery.ts";
import { deliveryDefinition } from "../deliveries/delivery-kind.ts";
import { wordFileDefinition } from "../message-text/word-file.ts";
import type { LinkMessage } from "../messages/link-message.ts";
import { linkMessageDefinition } from "../messages/link-message-kind.ts";
import { readStored } from "../replay/stored-message.ts";
import { previewRetention, retireDays } from "./retire-days.ts";
import { type RetiredDay, retiredDayDefinition, retiredDayKind } from "./retired-day.ts";

const ledger = { reasonText: (reason: string) => reason, rowsOf: () => undefined };
const kinds = [linkMessageDefinition, deliveryDefinition, retiredDayDefinition, wordFileDefinition];

/** The clock of a fresh record stands on 2 March 2026, 09:00. */
async function aHospital(retentionDays: Readonly<Record<string, number>> = { lab: 30 }) {
  const parts = await freshRecord({ kinds });
  const { record, store, files, clock } = parts;
  const settings = Object.entries(retentionDays).map(([name, days]) => ({ name, retentionDays: days }));
  const stores = [store.blobs.daily, files.daily];
  const context = contextOf(parts, workerActor("retention"));
  const needs = { context, stores, links: () => settings, log: silentLog };
  let sent = 0;
  const arrive = async (day: string, fields: Partial<LinkMessage> = {}, others: readonly Operation[] = []) => {
    sent += 1;
    const id = `message-${sent}`;
    const text = `MSH|^~\\&|LAB|MEADOW|||20260302||ORU^R01|${sent}|P|2.4\rPID|1\r`;
    const arrivedAt = `${day}T10:00:00.000Z`;
    const { operation, blob } = aLinkMessage({ id, text, fields: { arrivedAt, ...fields } });
    const kept = dailyBlobOf(blob.bytes, day as BlobDay);
    expectOk(await record.transact({ operations: [operation, ...others], blobs: [kept] }));
    return id;
  };
  const at = (day: string) => clock.advance(Date.parse(`${day}T12:00:00Z`) - clock.now());
  const days = async () => (await store.blobs.daily.days()).map(({ day }) => day as string);
  const look = async () => expectOk(await retireDays(needs));
  return { ...parts, needs, arrive, at, days, look, manager: contextOf(parts, anActor("pathology-links-manager")) };
}

const delivery = (body: Partial<Delivery>): Operation => ({
  action: "create",
  kind: deliveryKind,
  id: "delivery-1",
  body: {
    message: "message-1",
    link: "lab",
    day: "2026-03-02",
    destination: "gp",
    route: "all",
    lane: "patient:1",
    of: 1,
    queuedAt: "2026-03-02T10:00:00.000Z",
    state: "queued",
    controlId: "1",
    contentType: "x-application/hl7-v2+er7",
    body: dailyBlobOf(Buffer.from("x"), "2026-03-02" as BlobDay).hash,
    sizeBytes: 1,
    attempts: 0,
    ...body,
  },
});

describe("a day of messages", () => {
  it("is kept as long as its link says, to its last minute, and then goes with its space", async () => {
    const { arrive, at, days, look } = await aHospital();
    await arrive("2026-03-02");
    await arrive("2026-03-03");
    at("2026-04-01");
    assert.deepEqual((await look()).retired, []);
    at("2026-04-02");
    assert.deepEqual((await look()).retired, ["2026-03-02"]);
    assert.deepEqual(await days(), ["2026-03-03"]);
    assert.deepEqual((await look()).retired, [], "once is enough");
  });

  it("is kept as long as the link that keeps longest, of those it has messages of", async () => {
    const { arrive, at, look } = await aHospital({ lab: 30, radiology: 60 });
    await arrive("2026-03-02");
    await arrive("2026-03-03", { link: "radiology" });
    await arrive("2026-03-04", { link: "gone-from-the-set-up" });
    at("2026-04-20");
    const { days, retired } = await look();
    assert.deepEqual(retired, ["2026-03-02"]);
    assert.deepEqual(
      days.map(({ kept }) => kept),
      [
        undefined,
        { because: "other-link", link: "radiology" },
        { because: "other-link", link: "gone-from-the-set-up" },
      ],
    );
    at("2026-05-20");
    assert.deepEqual((await look()).retired, ["2026-03-03", "2026-03-04"]);
  });

  const waiting: readonly (readonly [
    what: string,
    fields: Partial<LinkMessage>,
    others: readonly Operation[],
    kept: object,
  ])[] = [
    ["a message waits for a person", { state: "held" }, [], { because: "message-waits", message: "message-1" }],
    ["a message waits to be mapped", { state: "received" }, [], { because: "message-waits", message: "message-1" }],
    ["a delivery waits", {}, [delivery({})], { because: "delivery-waits", destination: "gp" }],
    ["a delivery is parked", {}, [delivery({ state: "parked" })], { because: "delivery-waits", destination: "gp" }],
  ];
  for (const [what, fields, others, kept] of waiting) {
    it(`stays while ${what}, whatever its age`, async () => {
      const { arrive, at, look } = await aHospital();
      await arrive("2026-03-02", fields, others);
      at("2030-01-01");
      const { days, retired } = await look();
      assert.deepEqual([retired, days.map((day) => day.kept)], [[], [kept]]);
    });
  }

  it("stays while a message of an earlier day waits to be mapped", async () => {
    const { arrive, at, look } = await aHospital();
    await arrive("2026-03-02", { state: "received" });
    await arrive("2026-03-03");
    at("2030-01-01");
    assert.deepEqual((await look()).retired, []);
  });

  it("goes when its deliveries are settled", async () => {
    const { arrive, at, look } = await aHospital();
    await arrive("2026-03-02", {}, [delivery({ state: "delivered" })]);
    at("2026-05-01");
    assert.deepEqual((await look()).retired, ["2026-03-02"]);
  });

  it("is told of before it goes, and nothing is written by that", async () => {
    const { arrive, at, days, needs, record } = await aHospital();
    await arrive("2026-03-02");
    await arrive("2026-03-02");
    at("2026-05-01");
    const before = await record.position();
    const [told] = expectOk(await previewRetention(needs));
    assert.deepEqual([told?.day, told?.messages, told?.kept], ["2026-03-02", 2, undefined]);
    assert.ok((told?.sizeBytes ?? 0) > 0);
    assert.deepEqual([await record.position(), await days()], [before, ["2026-03-02"]]);
  });

  it("leaves a document behind, and who took it away stands in the audit log", async () => {
    const { arrive, at, look, record, store } = await aHospital();
    await arrive("2026-03-02");
    at("2026-05-01");
    await look();
    const retired = parseBody<RetiredDay>(expectOk(await record.read(retiredDayKind, "2026-03-02")));
    assert.deepEqual([retired.day, retired.at, retired.messages], ["2026-03-02", "2026-05-01T12:00:00.000Z", 1]);
    const entries = await store.audit.search({ all: [["entity=RetiredDay/2026-03-02"]], limit: 10 });
    assert.ok(
      entries.some(({ body }) => body.includes("Worker/retention")),
      JSON.stringify(entries),
    );
  });
});

describe("a message whose day is gone", async () => {
  const hospital = await aHospital();
  const { arrive, at, look, manager, record } = hospital;
  const id = await arrive("2026-03-02");
  const later = await arrive("2026-03-25");
  at("2026-05-02");
  hospital.needs.links = () => [{ name: "lab", retentionDays: 50 }];
  await look();
  const codeOf = (result: Awaited<ReturnType<typeof fetchRaw | typeof readStored>>) =>
    result.ok ? "found" : result.problems[0].code;

  it("is still shown, and says that what was received is no longer kept, and since when", async () => {
    const view = expectOk(await fetchMessage(manager, { id, ...ledger }));
    assert.match(view.raw.retired ?? "", /no longer kept: its time was over on 2026-05-02/);
    assert.deepEqual([view.controlId, view.state, view.raw.lines, view.segments], ["M-0001", "mapped", [], []]);
    assert.deepEqual(
      view.remarks.map(({ code }) => code),
      ["message-retired"],
    );
  });

  it("cannot be downloaded or replayed, for the same reason", async () => {
    assert.equal(codeOf(await fetchRaw(manager, id)), "message-retired");
    assert.equal(codeOf(await readStored(manager.record, id)), "message-retired");
  });

  it("leaves those of the next days as they are", async () => {
    assert.equal(codeOf(await fetchRaw(manager, later)), "found");
    assert.equal(expectOk(await fetchMessage(manager, { id: later, ...ledger })).raw.retired, undefined);
  });

  it("is told from one whose bytes are missing though they should be kept", async () => {
    const { operation } = aLinkMessage({
      id: "lost",
      text: "MSH|lost",
      fields: { arrivedAt: "2026-04-01T10:00:00.000Z" },
    });
    expectOk(await record.transact({ operations: [operation] }));
    assert.equal(codeOf(await fetchRaw(manager, "lost")), "not-found");
  });
});
