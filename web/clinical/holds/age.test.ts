import assert from "node:assert/strict";
import { it } from "node:test";
import { ageText } from "./age.ts";

it("how long a message waits is told in the two units that matter", () => {
  const ages = [0, 1, 59, 60, 185, 24 * 60, 52 * 60 + 30];
  assert.deepEqual(ages.map(ageText), ["under a minute", "1 min", "59 min", "1 h", "3 h 5 min", "1 day", "2 days 4 h"]);
});
