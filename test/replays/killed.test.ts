/** kill -9 in the middle of a replay: it goes on where it was, nothing is left out and nothing is done twice. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { join } from "node:path";
import { test } from "node:test";
import type { Delivery, LinkMessage } from "#departments/clinical";
import type { ReplayView } from "#departments/clinical/api";
import { expectOk } from "#kernel";
import { anOruR01, potassium } from "../builders/index.ts";
import { startKillable } from "../killable.ts";
import { replayHall, spoil, toGp } from "./hall.ts";

const messages = 30;
const kills = 1;
/** Messages of as many patients in a row may share a commit. */
const patients = 5;

test("a process that replays is killed in the middle, and another goes on", async () => {
  const hall = await replayHall(toGp);
  for (let at = 0; at < messages; at += 1) {
    const pid = { 3: `H${at % patients}^^^MEADOW^MR` };
    await hall.send(anOruR01({ controlId: `M${at}`, filler: `F${at}`, placer: `P${at}`, obx: [potassium], pid }));
  }
  await spoil(hall);
  const first = hall.open();
  const body = { choice: {}, into: "both", again: true };
  // What waits is not sent a second time, so that all of it has been.
  await hall.deliver();
  const { id } = await hall.ask<ReplayView>("POST", "/replays", body);
  await hall.until(`/replays/${id}`, "previewed");
  await first.close();
  await hall.ask("POST", `/replays/${id}/start`, { why: "A mapping was mended.", perSecond: 500 });

  const done = async () => (await hall.ask<ReplayView>("GET", `/replays/${id}`)).done;
  for (let killed = 1; killed <= kills; killed += 1) {
    const enough = (messages / (kills + 1)) * killed;
    await killWhen(hall.parts.connection, async () => (await done()) >= enough);
  }
  const before = await done();
  assert.ok(before < messages, "it was killed in the middle");
  hall.open();
  const view = await hall.until<ReplayView>(`/replays/${id}`, "done");
  assert.deepEqual(view.counts, { changed: messages, unchanged: 0, refused: 0, sent: messages, notSent: 0 });
  const sent = (await hall.all<Delivery>("Delivery")).filter(({ replay }) => replay === id);
  assert.equal(new Set(sent.map(({ message }) => message)).size, messages);
  assert.equal(sent.length, messages);
  const writes = (await hall.all<LinkMessage>("LinkMessage")).map(({ resources }) =>
    resources.filter(({ effect }) => effect === "updated").map(({ kind }) => kind),
  );
  assert.deepEqual(
    writes.filter((kinds) => kinds.join() !== "Observation"),
    [],
    "each has mended its own once",
  );
  const { versions } = expectOk(await hall.parts.record.history({ kind: "Replay", id, limit: 1_000 }));
  const steps = versions.map(({ body: text }) => (JSON.parse(text) as ReplayView).done);
  assert.ok(new Set(steps).size < messages, "several messages share a commit");
});

/** Starts a process that replays, and ends it the hard way when it is so. */
async function killWhen(connection: unknown, isSo: () => Promise<boolean>): Promise<void> {
  const program = join(import.meta.dirname, "replaying-process.ts");
  const child = startKillable([program, JSON.stringify(connection)]);
  const closed = once(child, "close");
  const end = performance.now() + 60_000;
  while (!(await isSo())) {
    assert.ok(performance.now() < end, "it did not get on");
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  child.kill("SIGKILL");
  await closed;
}
