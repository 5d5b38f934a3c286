/** The audit log: written with what it records, append-only, chained. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { seal } from "#audit";
import { expectOk } from "#kernel";
import { freshRecord } from "../record.ts";
import { note } from "./note.ts";

describe("the audit log", async () => {
  const { record, store, clock, connection } = await freshRecord({ kinds: [note] });
  const entry = (body: string, ...keys: string[]) => ({ at: clock.now(), body, keys });
  const read = (body: string, ...keys: string[]) => record.transact({ operations: [], audit: [entry(body, ...keys)] });

  it("takes the entries of a write in the same commit, and none when the write fails", async () => {
    const create = (id: string) => ({ action: "create", kind: "Note", id, body: { subject: "s" } }) as const;
    expectOk(await record.transact({ operations: [create("1")], audit: [entry("created", "entity=Note/1")] }));
    const again = await record.transact({ operations: [create("1")], audit: [entry("created twice")] });
    assert.ok(!again.ok);
    const entries = await store.audit.scan(0, 10);
    assert.deepEqual(
      entries.map((found) => found.body),
      ["created"],
    );
  });

  it("chains every hash to the one before, over commits that come at the same time", async () => {
    await Promise.all(Array.from({ length: 50 }, (_, index) => read(`read ${index}`, "agent=a")));
    const entries = await store.audit.scan(0, 100);
    assert.equal(entries.length, 51);
    let previous: Uint8Array = new Uint8Array(32);
    for (const [index, { sequence, body, hash }] of entries.entries()) {
      previous = seal(previous, body);
      assert.equal(sequence, index + 1);
      assert.equal(hash, Buffer.from(previous).toString("hex"));
    }
  });

  it("is searched by keys and time, newest first", async () => {
    clock.advance(60_000);
    expectOk(await read("late", "patient=Patient/7", "agent=b"));
    const bodies = async (query: Partial<Parameters<typeof store.audit.search>[0]>) =>
      (await store.audit.search({ all: [], limit: 3, ...query })).map((found) => found.body);
    assert.deepEqual(await bodies({ all: [["patient=Patient/7"], ["agent=a", "agent=b"]] }), ["late"]);
    assert.deepEqual(await bodies({ all: [["patient=Patient/7"], ["agent=a"]] }), []);
    assert.deepEqual(await bodies({ fromMs: clock.now() }), ["late"]);
    assert.deepEqual((await bodies({ beforeSequence: 3 })).at(-1), "created");
  });

  it("goes on where another process has left it, whoever writes", async () => {
    const other = await freshRecord({ kinds: [note], connection });
    const ended = (await store.audit.scan(0, 1_000)).length;
    for (const each of [record, other.record, record, other.record, record]) {
      expectOk(await each.transact({ operations: [], audit: [entry("in turns")] }));
    }
    const added = await store.audit.scan(ended, 10);
    assert.deepEqual(
      added.map(({ sequence, body }) => [sequence - ended, body]),
      [1, 2, 3, 4, 5].map((number) => [number, "in turns"]),
    );
  });
});
