import assert from "node:assert/strict";
import { after, test } from "node:test";
import { type Job, ThreadPool, type ThreadPoolOptions } from "./thread-pool.ts";

const lost: string[] = [];
const options: ThreadPoolOptions = {
  script: new URL("./trial/breaking-thread.ts", import.meta.url),
  threads: 1,
  timeoutMs: 1_200,
  queueMax: 3,
  queueBytesMax: 1_000,
  idleMs: 10_000,
  onLost: (why) => lost.push(why),
};
const pool = new ThreadPool(options);
after(() => pool.close());

function job(act: string, isUrgent = false): Job {
  return { message: { act }, transfer: [], sizeBytes: 10, isUrgent };
}

async function outcome(from: ThreadPool, wanted: Job): Promise<unknown> {
  const answer = await from.run(wanted);
  return answer.ok ? answer.value : answer.problems[0].code;
}

test("a job that hangs, throws or ends its thread costs its own answer alone", async () => {
  const acts = ["one", "hang", "crash", "exit"];
  const outcomes: unknown[] = [];
  for (const act of acts) outcomes.push(await outcome(pool, job(act)));
  assert.deepEqual(outcomes, ["one", "pixels-timeout", "pixels-crashed", "pixels-crashed"]);
  assert.deepEqual(lost, ["pixels-timeout", "pixels-crashed", "pixels-crashed"]);
  assert.equal(await outcome(pool, job("two")), "two");
});

test("what somebody waits for goes before what nobody does, and a full queue says that it is full", async () => {
  const order: unknown[] = [];
  const noted = (wanted: Job) => outcome(pool, wanted).then((value) => order.push(value));
  const all = [job("under way"), job("later"), job("sooner", true), job("last"), job("too many")].map(noted);
  await Promise.all(all);
  assert.deepEqual(order, ["pixels-busy", "under way", "sooner", "later", "last"]);
});

test("a pool that is closed answers what is under way, and everything after it", async () => {
  const closing = new ThreadPool(options);
  const hanging = outcome(closing, job("hang"));
  await closing.close();
  assert.equal(await hanging, "pixels-closed");
  assert.equal(await outcome(closing, job("one")), "pixels-closed");
});
