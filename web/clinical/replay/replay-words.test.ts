import assert from "node:assert/strict";
import { test } from "node:test";
import type { Difference } from "#departments/clinical/api";
import { choiceWords, differenceWords } from "./replay-words.ts";

const rows: readonly (readonly [Difference, string])[] = [
  [{ is: "element", kind: "Observation", element: "code.text", change: "removed" }, "Observation: code.text goes"],
  [{ is: "resource", kind: "Specimen", change: "created" }, "Specimen is made new"],
  [{ is: "outcome", before: "taken", after: "held: unknown-code" }, "From taken to held: unknown-code"],
  [{ is: "destination", destination: "gp", change: "added" }, "Goes to gp as well"],
];

for (const [difference, words] of rows) {
  test(`a difference in words: ${words}`, () => assert.equal(differenceWords(difference), words));
}

test("a choice says each thing that was chosen, and nothing of what was not", () => {
  assert.deepEqual(choiceWords({ link: "lab", state: ["held", "rejected"] }), ["link lab", "state held or rejected"]);
  assert.deepEqual(choiceWords({}), []);
});
