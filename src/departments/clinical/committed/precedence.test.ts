/** Messages that come in go before those that are mapped. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { limits } from "#kernel";
import { Precedence } from "./precedence.ts";

function atWork() {
  let nowMs = 1_000;
  const precedence = new Precedence(() => nowMs);
  const may = (underWay: number) => precedence.takeTurn(underWay);
  return { precedence, may, pass: (ms: number) => (nowMs += ms) };
}

test("While nothing comes in, one message after the other is mapped", () => {
  const { may } = atWork();
  assert.deepEqual([may(0), may(1), may(15)], [true, true, true]);
});

test("While senders wait for a commit, one message is mapped now and then, by itself", async () => {
  const { precedence, may, pass } = atWork();
  await precedence.keeping(async () => {
    assert.deepEqual([may(0), may(1), may(0)], [true, false, false]);
    pass(limits.mappingBesideIntakeMs);
    assert.deepEqual([may(1), may(0), may(0)], [false, true, false]);
  });
});

test("A sender that has just been answered is expected to send the next at once", async () => {
  const { precedence, may, pass } = atWork();
  assert.equal(may(0), true);
  await assert.rejects(precedence.keeping(() => Promise.reject(new Error("not kept"))));
  pass(limits.intakeQuietMs - 1);
  assert.equal(may(3), false);
  pass(1);
  assert.equal(may(3), true);
});
