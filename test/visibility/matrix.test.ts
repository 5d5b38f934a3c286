/** Nobody is told of what they may not see, on any path, and everybody of what they may. Issue 5. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { allCases, runMatrix } from "./matrix.ts";

test("a sample of the matrix of actors, relationships, labels and paths has no leak and no wrong refusal", async () => {
  const every = allCases();
  assert.ok(every.length >= 2_000, String(every.length));
  const { leaks, refusals } = await runMatrix(every.filter((_, at) => at % 61 === 0));
  assert.deepEqual({ leaks: leaks.slice(0, 10), refusals: refusals.slice(0, 10) }, { leaks: [], refusals: [] });
});
