/** The short form of `npm run conformance -- link-loss`, which holds what `loss` does as well. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { judge } from "../conformance/link-loss.ts";
import { laneFaults, type Reception } from "../conformance/loss-trial/lane-partner.ts";
import { tryLinkLoss } from "../conformance/loss-trial/link-trial.ts";
import { unwitnessed } from "../conformance/loss-trial/reader.ts";

it("loses nothing acknowledged, doubles nothing, keeps lanes in order and answers no read that is not in the log when it is killed in the middle of messages", async () => {
  const trial = await tryLinkLoss(3, 60);
  const result = judge(trial);
  assert.deepEqual(result.failures, []);
  assert.ok(result.total > 0, "messages were acknowledged");
  assert.ok(
    trial.readers.some(({ answered }) => answered.length > 0),
    "reads were answered",
  );
});

it("the trial finds reads that were answered more often than they are in the log", () => {
  const readers = [{ answered: ["a", "a", "b"] }, { answered: ["c"] }];
  const log = new Map([
    ["a", 1],
    ["b", 2],
  ]);
  assert.deepEqual(unwitnessed(readers, log), [
    "a was answered 2 times and is in the log 1 times",
    "c was answered 1 times and is in the log 0 times",
  ]);
});

const receptions = (text: string): readonly Reception[] =>
  text.split(" ").map((each) => ({ controlId: each.slice(0, 2), round: Number(each.slice(2)) }));

/** Control id and round: `a1` is the first message of lane a. */
const cases = [
  { title: "in order, lanes mixed", came: "a10 b10 a20 b21 a31", faults: 0 },
  { title: "the last of a lane again after a kill", came: "a10 b10 a11 a21", faults: 0 },
  { title: "again without a kill", came: "a10 a10 a20", faults: 1 },
  { title: "again after a kill, and not the last of its lane", came: "a10 a20 a11", faults: 1 },
  { title: "out of order", came: "a10 a30 a20", faults: 1 },
];

for (const { title, came, faults } of cases) {
  it(`the trial finds ${faults} faults in a lane: ${title}`, () => {
    const placeOf = (id: string) => ({ lane: id.charAt(0), sender: 0, number: Number(id.charAt(1)) });
    assert.equal(laneFaults(receptions(came), placeOf).length, faults);
  });
}
