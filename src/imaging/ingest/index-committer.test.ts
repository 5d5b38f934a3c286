import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setImmediate } from "node:timers/promises";
import type { Fate, NewInstance } from "../image-index.ts";
import { IndexCommitter } from "./index-committer.ts";

const object = (uid: string) => ({ uid, study: { uid: "1.2" }, series: { uid: "1.2.3" } }) as NewInstance;
const kept: Fate = { is: "new" };

describe("Objects that arrive", () => {
  it("fail alone where the bytes of one are not durable", async () => {
    const committer = new IndexCommitter({
      add: (objects, ready) => Promise.resolve(ready).then(() => objects.map(() => kept)),
    });
    const broken = Promise.reject(new Error("no space"));
    const fates = await Promise.allSettled([
      committer.add(object("1"), Promise.resolve()),
      committer.add(object("2"), broken),
      committer.add(object("3"), Promise.resolve()),
    ]);
    assert.deepEqual(
      fates.map(({ status }) => status),
      ["fulfilled", "rejected", "fulfilled"],
    );
  });

  it("are told where a full disk fails the index first and their bytes behind it, and nothing else falls", async () => {
    const committer = new IndexCommitter({ add: () => Promise.reject(new Error("the index is full")) });
    const { promise: durable, reject } = Promise.withResolvers<void>();
    durable.catch(() => undefined);
    const added = committer.add(object("1"), durable);
    await assert.rejects(added, /the index is full/);
    reject(new Error("no space"));
    // A rejection that nobody takes would end this process, as it would end Corridor.
    await setImmediate();
  });
});
