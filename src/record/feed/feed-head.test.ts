import assert from "node:assert/strict";
import { test } from "node:test";
import { FeedHead } from "./feed-head.ts";

test("those who ask while a question is on its way share the next one", async () => {
  const answers: ((position: number) => void)[] = [];
  const head = new FeedHead(() => new Promise((resolve) => answers.push(resolve)));
  const first = head.position();
  const [second, third] = [head.position(), head.position()];
  assert.equal(answers.length, 1);
  answers[0]?.(7);
  assert.equal(await first, 7);
  await new Promise(setImmediate);
  assert.equal(answers.length, 2);
  answers[1]?.(9);
  assert.deepEqual(await Promise.all([second, third]), [9, 9]);
  void head.position();
  assert.equal(answers.length, 3);
});

test("a question that fails fails for those who asked it, and the next is asked", async () => {
  let asked = 0;
  const head = new FeedHead(async () => {
    asked += 1;
    if (asked === 1) throw new Error("away");
    return 3;
  });
  const [first, second] = [head.position(), head.position()];
  await assert.rejects(first, /away/);
  assert.equal(await second, 3);
});
