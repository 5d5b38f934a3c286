/** The record as one actor may see it. DESIGN.md, invariants 5 and 6. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { expectOk } from "#kernel";
import { clerk, freshWard, observation, problemOf, short } from "../../../test/narrowed-ward.ts";
import type { Actor } from "../actor.ts";

describe("the feed through a narrowed record", async () => {
  const { as, acts, put, record } = await freshWard();

  it("shows what may be read, and following it leaves one entry", async () => {
    await acts();
    const theirs = as(clerk);
    const first = expectOk(await theirs.changes(0, 100));
    assert.deepEqual(
      first.map((version) => version.id),
      ["osei", "oneill"],
    );
    await put("Patient", "third", {});
    assert.deepEqual(
      expectOk(await theirs.changes(first.at(-1)!.position, 100)).map((version) => version.id),
      ["third"],
    );
    assert.deepEqual((await acts()).map(short), [
      { act: "follow", outcome: 0, patients: [], entities: [], query: "_after=0" },
    ]);
  });

  it("wakes a follower for what it may see, and lets it sleep through the rest", async () => {
    const theirs = as(clerk);
    const position = await record.position();
    let woken = false;
    const waiting = theirs.changed(position, AbortSignal.timeout(20_000)).then(() => {
      woken = true;
    });
    for (let round = 0; round < 3; round += 1) await put("Observation", `unseen-${round}`, observation("osei", round));
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(woken, false);
    assert.deepEqual(expectOk(await theirs.changes(position, 100)), []);
    await put("Patient", "seen", {});
    await waiting;
    assert.deepEqual(
      expectOk(await theirs.changes(position, 100)).map((version) => version.id),
      ["seen"],
    );
  });

  it("finds the few that may be seen among many that may not", async () => {
    const theirs = as(clerk);
    const position = await record.position();
    for (let round = 0; round < 5; round += 1) await put("Observation", `many-${round}`, observation("osei", round));
    await put("Patient", "late", {});
    assert.deepEqual(
      expectOk(await theirs.changes(position, 2)).map((version) => version.id),
      ["late"],
    );
  });

  it("lets a follower go that no longer waits", async () => {
    const stop = new AbortController();
    const waiting = as(clerk).changed(await record.position(), stop.signal);
    stop.abort();
    await waiting;
  });

  it("is closed to who may read nothing", async () => {
    const nobody: Actor = { ...clerk, permissions: new Set(["links.see", "messages.read"]) };
    assert.equal(problemOf(await as(nobody).changes(0, 10)).category, "forbidden");
  });
});
