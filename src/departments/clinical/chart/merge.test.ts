import assert from "node:assert/strict";
import { test } from "node:test";
import { mergeNewestFirst } from "./merge.ts";

const timeOf = (item: number | undefined) => item;

test("several lists become one, newest first, and each says how many were taken of it", () => {
  const merged = mergeNewestFirst([[9, 4, 1], [8, 7], []], { timeOf, limit: 4 });
  assert.deepEqual(merged, { items: [9, 8, 7, 4], taken: [2, 2, 0] });
});

test("items of the same time keep the order of their lists", () => {
  const merged = mergeNewestFirst([["a1"], ["b1"]], { timeOf: () => 1, limit: 5 });
  assert.deepEqual(merged.items, ["a1", "b1"]);
});

test("items without a time come after all others", () => {
  const items = [[{ name: "undated" }], [{ name: "dated", at: 1 }]];
  const merged = mergeNewestFirst<{ name: string; at?: number }>(items, { timeOf: ({ at }) => at, limit: 5 });
  assert.deepEqual(
    merged.items.map(({ name }) => name),
    ["dated", "undated"],
  );
});
