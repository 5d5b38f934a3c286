/** Replays on a real record: what a preview tells, what is done, and that nothing is done twice. See docs/operate/replay.md. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Delivery, LinkMessage } from "#departments/clinical";
import type {
  DeliveryEffect,
  ReplayMessagesPage,
  ReplayPreview,
  ReplaysPage,
  ReplayView,
} from "#departments/clinical/api";
import { expectOk } from "#kernel";
import type { Observation, Provenance } from "#standards/fhir";
import { anOruR01, creatinine, potassium } from "../builders/index.ts";
import { type LinksOfTest, replayHall, spoil, toGp } from "./hall.ts";

const recordOnly: LinksOfTest = { lab: {}, destinations: [] };

const start = { why: "The mapping was wrong until today.", perSecond: 500 };

type Hall = Awaited<ReturnType<typeof replayHall>>;
type Stored<T> = T & { readonly id: string };

/** One message a filler number. */
async function sendAll(hall: Hall, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const obx = [potassium, creatinine];
    assert.match(await hall.send(anOruR01({ controlId: id, filler: `F-${id}`, placer: `P-${id}`, obx })), /MSA\|AA/);
  }
}

async function previewed(hall: Hall, body: unknown) {
  const asked = await hall.ask<ReplayView>("POST", "/replays", body);
  assert.equal(asked.state, "previewing");
  const path = `/replays/${asked.id}`;
  const view = await hall.until<ReplayView>(path, "previewed", "failed");
  return { path, view, preview: await hall.ask<ReplayPreview>("GET", `${path}/preview`) };
}

function effects(preview: ReplayPreview): Partial<Record<DeliveryEffect, number>> {
  const [first] = preview.destinations;
  return Object.fromEntries(Object.entries(first?.effects ?? {}).filter(([, count]) => count > 0));
}

test("a preview tells each value that would change, and changes nothing; the replay then does it once", async () => {
  const hall = await replayHall(recordOnly);
  hall.open();
  await sendAll(hall, ["A", "B", "C"]);
  await spoil(hall);
  const { path, view, preview } = await previewed(hall, { choice: { link: "lab" }, into: "record" });
  assert.equal(view.total, 3);
  assert.deepEqual(
    preview.record.groups.map(({ difference, messages }) => [difference, messages]),
    [[{ is: "element", kind: "Observation", element: "valueQuantity.value", change: "changed" }, 3]],
  );
  const [example] = preview.record.groups[0]?.examples ?? [];
  assert.deepEqual([example?.where, example?.before, example?.after], ["valueQuantity.value", "41", "4.1"]);
  const spoilt = await hall.all<Observation>("Observation");
  assert.equal(spoilt.filter(({ valueQuantity }) => valueQuantity?.value === 41).length, 3, "nothing was written");

  const pages = await hall.ask<ReplayMessagesPage>("GET", `${path}/messages?count=2`);
  assert.deepEqual([pages.messages.map(({ controlId }) => controlId), pages.total, pages.next], [["A", "B"], 3, 2]);
  assert.equal(pages.messages[0]?.differences[0]?.after, "4.1");

  await hall.ask("POST", `${path}/start`, start);
  const done = await hall.until<ReplayView>(path, "done");
  assert.deepEqual(done.counts, { changed: 3, unchanged: 0, refused: 0, sent: 0, notSent: 0 });
  const mended = await hall.all<Observation>("Observation");
  assert.equal(mended.filter(({ valueQuantity }) => valueQuantity?.value === 4.1).length, 3);
  const [message] = await hall.all<LinkMessage>("LinkMessage");
  assert.equal(message?.state, "mapped");
  assert.deepEqual(message?.resources.at(-1)?.effect, "updated");

  const again = await previewed(hall, { choice: { link: "lab" }, into: "record" });
  assert.equal(again.preview.record.different, 0);
  assert.deepEqual(again.preview.duplicates.messages, 3);
});

test("what a replay wrote names the message, the replay and who started it; the audit log has every step", async () => {
  const hall = await replayHall(recordOnly);
  hall.open();
  await sendAll(hall, ["A"]);
  await spoil(hall);
  const { path, view } = await previewed(hall, { choice: {}, into: "record" });
  await hall.ask("POST", `${path}/start`, start);
  await hall.until(path, "done");
  const provenances = await hall.all<Provenance>("Provenance");
  const replayed = provenances.find(({ entity }) => entity?.some(({ what }) => what.reference === `Replay/${view.id}`));
  assert.ok(replayed?.agent.some(({ who }) => who.identifier?.value === "User/baker"));
  assert.ok(replayed?.entity?.some(({ what }) => what.reference?.startsWith("LinkMessage/")));
  const [replay] = (await hall.ask<ReplaysPage>("GET", "/replays")).replays;
  assert.deepEqual([replay?.started?.by.display, replay?.started?.why], ["Tom Baker-Hughes", start.why]);
  const acts = (await hall.parts.store.audit.search({ all: [], limit: 500 })).map(({ body }) => body);
  const writes = acts.filter((body) => body.includes("User/baker") && body.includes(`Replay/${view.id}/_history/`));
  assert.ok(writes.length >= 4, "asked for, previewed, started and done, each in the log under the person's name");
  const mended = acts.filter((body) => body.includes("User/baker") && /Observation\/\w+\/_history\/3/.test(body));
  assert.ok(mended.length >= 1, "and so is what it changed");
});

test("a destination gets what it never had, and what it has unchanged only where that is asked for", async () => {
  const hall = await replayHall(recordOnly);
  hall.open();
  await sendAll(hall, ["A", "B"]);
  hall.change(toGp);
  const first = await previewed(hall, { choice: {}, into: "destinations" });
  assert.deepEqual(effects(first.preview), { new: 2 });
  await hall.ask("POST", `${first.path}/start`, start);
  assert.equal((await hall.until<ReplayView>(first.path, "done")).counts.sent, 2);

  const waiting = await previewed(hall, { choice: {}, into: "destinations", again: true });
  assert.deepEqual(effects(waiting.preview), { "under-way": 2 }, "what waits is never doubled");
  await hall.deliver();
  const second = await previewed(hall, { choice: {}, into: "both" });
  assert.deepEqual(effects(second.preview), { duplicate: 2 });
  assert.equal(second.preview.duplicates.messages, 2);
  await hall.ask("POST", `${second.path}/start`, start);
  assert.deepEqual((await hall.until<ReplayView>(second.path, "done")).counts.notSent, 2);

  const third = await previewed(hall, { choice: {}, into: "destinations", again: true, controlIds: "new" });
  await hall.ask("POST", `${third.path}/start`, start);
  assert.equal((await hall.until<ReplayView>(third.path, "done")).counts.sent, 2);
  const sent = await hall.all<Stored<Delivery>>("Delivery");
  assert.equal(sent.length, 4);
  const renamed = sent.filter(({ replay }) => replay === third.view.id);
  assert.ok(renamed.every(({ controlId }) => /^R[0-9A-F]{19}$/.test(controlId)));
  assert.equal(new Set(renamed.map(({ body }) => body)).size, 2, "each has a body of its own");
});

test("a message that was held is taken by a replay once the settings let it, and then goes where it would have gone", async () => {
  const strict = { ...toGp, lab: { ...toGp.lab, contract: { applications: ["OTHER"] } } };
  const hall = await replayHall(strict);
  hall.open();
  await hall.send(anOruR01({ controlId: "A" }));
  const before = await previewed(hall, { choice: { state: ["held"] }, into: "both" });
  assert.deepEqual(
    before.preview.left.map(({ code, messages }) => [code, messages]),
    [["held: sender-not-agreed", 1]],
  );
  await hall.ask("POST", `${before.path}/stop`, { why: "Nothing would change." });
  hall.change(toGp);
  const { path, preview } = await previewed(hall, { choice: { state: ["held"] }, into: "both" });
  assert.ok(
    preview.record.groups.some(({ difference }) => difference.is === "outcome" && difference.after === "taken"),
  );
  await hall.ask("POST", `${path}/start`, start);
  await hall.until(path, "done");
  const [message] = await hall.all<LinkMessage>("LinkMessage");
  assert.deepEqual([message?.state, message?.destinations, message?.acknowledgement?.code], ["mapped", ["gp"], "AA"]);
  const [delivery] = await hall.all<Delivery>("Delivery");
  assert.equal(delivery?.replay, undefined, "it is the first time that it goes there");
});

test("a message that would not be taken by now is left as it is", async () => {
  const hall = await replayHall(toGp);
  hall.open();
  await sendAll(hall, ["A"]);
  hall.change({ ...toGp, lab: { ...toGp.lab, contract: { applications: ["OTHER"] } } });
  const { path, preview } = await previewed(hall, { choice: {}, into: "both", again: true });
  assert.equal(preview.left[0]?.code, "held: sender-not-agreed");
  await hall.ask("POST", `${path}/start`, start);
  const done = await hall.until<ReplayView>(path, "done");
  assert.deepEqual([done.counts.refused, done.counts.sent], [1, 0]);
  const [message] = await hall.all<LinkMessage>("LinkMessage");
  assert.equal(message?.state, "mapped");
});

test("after a pause has been answered no further message is replayed, and it goes on where it was", async () => {
  const hall = await replayHall(toGp);
  hall.open();
  await sendAll(hall, ["A", "B", "C", "D"]);
  await hall.deliver();
  const { path } = await previewed(hall, { choice: {}, into: "destinations", again: true });
  await hall.ask("POST", `${path}/start`, { ...start, perSecond: 1 });
  const paused = await hall.ask<ReplayView>("POST", `${path}/pause`);
  const sent = async () => (await hall.all<Delivery>("Delivery")).filter(({ replay }) => replay !== undefined).length;
  assert.equal(await sent(), paused.done);
  assert.ok(paused.done < 4);
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(await sent(), paused.done);
  assert.equal(await hall.ask("POST", `${path}/start`, start), "replay-state");
  await hall.ask("POST", `${path}/resume`, { perSecond: 500 });
  await hall.until(path, "done");
  assert.equal(await sent(), 4);
});

test("messages are chosen by link, type, sender, state, number, words and time; where none is, the replay says so", async () => {
  const hall = await replayHall(recordOnly);
  hall.open();
  await sendAll(hall, ["A", "B"]);
  await hall.send(anOruR01({ controlId: "C", application: "BLOODBANK", filler: "F-C", placer: "P-C" }));
  const chosen = async (choice: unknown) => (await previewed(hall, { choice, into: "record" })).view;
  const totals = [
    await chosen({ sender: "PATHLAB" }),
    await chosen({ q: "F-C" }),
    await chosen({ text: "bloodb f-c" }),
    await chosen({ text: "potassium", sender: "PATHLAB" }),
    await chosen({ type: "ORU", state: ["mapped"] }),
    await chosen({ from: "2026-11-23T12:00:02Z" }),
  ].map(({ total }) => total);
  assert.deepEqual(totals, [2, 1, 1, 2, 3, 2]);
  const none = await chosen({ link: "nowhere" });
  assert.deepEqual([none.state, none.problem?.code], ["failed", "no-message"]);
  assert.equal(await hall.ask("POST", "/replays", { choice: { from: "yesterday" }, into: "record" }), "time-incorrect");
  assert.equal(await hall.ask("POST", "/replays", { choice: { text: "a ?" }, into: "record" }), "text-too-short");
});

test("a preview by a set-up that has changed since is not started", async () => {
  const hall = await replayHall(recordOnly);
  hall.open();
  await sendAll(hall, ["A"]);
  const { path } = await previewed(hall, { choice: {}, into: "record" });
  const by = { reference: "User/baker", display: "Tom" };
  const body = { files: [], why: "Another.", by, deployedAt: "2026-11-23T12:00:00.000Z" };
  const operation = { action: "update", kind: "LinkConfiguration", id: "links", body } as const;
  expectOk(await hall.parts.record.transact({ operations: [operation] }));
  assert.equal(await hall.ask("POST", `${path}/start`, start), "preview-outdated");
});
