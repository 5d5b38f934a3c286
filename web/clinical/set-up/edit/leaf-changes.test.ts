import assert from "node:assert/strict";
import { test } from "node:test";
import { leafChanges } from "./leaf-changes.ts";

test("what differs is told by its place, with both values", () => {
  const before = { title: "Lab", intake: { by: "mllp", port: 2575 }, routes: [{ name: "all", to: ["gp"] }] };
  const after = { title: "Lab", intake: { by: "mllp", port: 2576, allow: ["10.0.0.0/8"] }, routes: [] };
  assert.deepEqual(leafChanges(before, after), [
    { place: "intake.port", before: "2575", after: "2576" },
    { place: "intake.allow", after: '["10.0.0.0/8"]' },
    { place: "routes[0]", before: '{"name":"all","to":["gp"]}' },
  ]);
  assert.deepEqual(leafChanges(before, { ...before }), []);
});

test("a file that is new or gone is one change", () => {
  assert.deepEqual(leafChanges(undefined, { title: "Lab" }), [{ place: "", after: '{"title":"Lab"}' }]);
});
