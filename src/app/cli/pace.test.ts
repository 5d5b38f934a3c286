import assert from "node:assert/strict";
import { it } from "node:test";
import { Pace } from "./pace.ts";

it("tells the rate of the last seconds, and the time left from the share that is done", () => {
  const pace = new Pace("resources", 0);
  assert.equal(pace.text, "0 resources/s");
  pace.mark(60_000, 0.2, 20_000);
  assert.equal(pace.text, "3,000 resources/s, 1:20 left");
  pace.mark(60_000, 0.2, 26_000);
  pace.mark(62_000, 0.25, 28_000);
  assert.equal(pace.perSecond, 250, "what was long ago no longer counts");
});
