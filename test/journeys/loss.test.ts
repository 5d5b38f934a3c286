/** The short form of `npm run conformance -- loss`. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { judge } from "../conformance/loss.ts";
import { tryLoss } from "../conformance/loss-trial/trial.ts";

it("loses nothing acknowledged and doubles nothing when it is killed in the middle of messages", async () => {
  const result = judge(await tryLoss(4));
  assert.deepEqual(result.failures, []);
  assert.ok(result.total > 0, "messages were acknowledged");
});
