// Source: RFC 6902 (JSON Patch), RFC 6901 (JSON Pointer). The published cases run in test/conformance/fhir-patch.ts.
import assert from "node:assert/strict";
import test from "node:test";
import { expectOk, type Json, limits, type Result, writtenNumbers, writtenNumbersOf } from "#kernel";
import { applyJsonPatch } from "./json-patch.ts";
import { parsePointer } from "./json-pointer.ts";

const osei: Json = { resourceType: "Patient", name: [{ family: "Osei", given: ["Abena"] }], active: true };

function flaw(result: Result<Json>): string {
  return result.ok ? "" : `${result.problems[0].code} ${result.problems[0].where}`;
}

const applied: readonly (readonly [string, readonly Json[], Json])[] = [
  ["no operations change nothing", [], osei],
  [
    "operations are done in their order",
    [
      { op: "add", path: "/name/0/given/-", value: "Ama" },
      { op: "add", path: "/name/0/given/0", value: "Mrs" },
      { op: "remove", path: "/active" },
    ],
    { resourceType: "Patient", name: [{ family: "Osei", given: ["Mrs", "Abena", "Ama"] }] },
  ],
  [
    "adding a member that is there replaces it",
    [{ op: "add", path: "/active", value: false }],
    { ...osei, active: false },
  ],
  ["a value may be null", [{ op: "replace", path: "/active", value: null }], { ...osei, active: null }],
  ["the whole document may be replaced", [{ op: "replace", path: "", value: "x" }], "x"],
  [
    "a copy may be put inside what was copied",
    [{ op: "copy", from: "/name/0", path: "/name/0/extension" }],
    { ...osei, name: [{ family: "Osei", given: ["Abena"], extension: { family: "Osei", given: ["Abena"] } }] },
  ],
  ["moving to the same place changes nothing", [{ op: "move", from: "/active", path: "/active" }], osei],
  [
    "equality does not look at the order of members",
    [{ op: "test", path: "/name/0", value: { given: ["Abena"], family: "Osei" } }],
    osei,
  ],
];

for (const [title, operations, expected] of applied) {
  test(title, () => assert.deepEqual(expectOk(applyJsonPatch(osei, operations)), expected));
}

const refused: readonly (readonly [Json, string])[] = [
  [{}, "patch-malformed patch"],
  [["x"], "patch-malformed patch[0].op"],
  [[{ op: "toString", path: "" }], "patch-malformed patch[0].op"],
  [[{ op: "add", value: 1 }], "patch-malformed patch[0].path"],
  [[{ op: "remove", path: "active" }], "patch-malformed patch[0].path"],
  [[{ op: "remove", path: "/a~2" }], "patch-malformed patch[0].path"],
  [[{ op: "add", path: "/a" }], "patch-malformed patch[0].value"],
  [[{ op: "move", path: "/a" }], "patch-malformed patch[0].from"],
  [[{ op: "copy", path: "/a", from: "a" }], "patch-malformed patch[0].from"],
  [[{ op: "remove", path: "" }], "patch-target-missing patch[0].path"],
  [[{ op: "remove", path: "/birthDate" }], "patch-target-missing patch[0].path"],
  [[{ op: "remove", path: "/constructor" }], "patch-target-missing patch[0].path"],
  [[{ op: "remove", path: "/name/-" }], "patch-target-missing patch[0].path"],
  [[{ op: "remove", path: "/name/00" }], "patch-target-missing patch[0].path"],
  [[{ op: "replace", path: "/name/1", value: {} }], "patch-target-missing patch[0].path"],
  [[{ op: "add", path: "/name/2", value: {} }], "patch-target-missing patch[0].path"],
  [[{ op: "add", path: "/active/x", value: {} }], "patch-target-missing patch[0].path"],
  [[{ op: "move", from: "/name", path: "/name/0" }], "patch-target-missing patch[0].path"],
  [[{ op: "copy", from: "/none", path: "/name" }], "patch-target-missing patch[0].path"],
  [[{ op: "test", path: "/none", value: null }], "patch-target-missing patch[0].path"],
  [
    [
      { op: "remove", path: "/active" },
      { op: "test", path: "/name/0/given", value: ["Ama"] },
    ],
    "patch-test-failed patch[1].path",
  ],
];

for (const [operations, expected] of refused) {
  test(`${expected}: ${JSON.stringify(operations)}`, () => {
    assert.equal(flaw(applyJsonPatch(osei, operations)), expected);
  });
}

test("the sentence of a problem names the operation and its pointer", () => {
  const result = applyJsonPatch(osei, [{ op: "remove", path: "/name/7" }]);
  assert.equal(result.ok || result.problems[0].message, "Operation 1 (remove /name/7): there is no such place.");
});

test("the document that was given is not changed", () => {
  const before = structuredClone(osei);
  expectOk(applyJsonPatch(osei, [{ op: "add", path: "/name/0/given/0", value: "x" }]));
  assert.deepEqual(osei, before);
});

test("a member named __proto__ is a member like any other", () => {
  const result = expectOk(applyJsonPatch({}, [{ op: "add", path: "/__proto__", value: { x: 1 } }]));
  assert.equal(JSON.stringify(result), '{"__proto__":{"x":1}}');
});

test("numbers stay as they were written, and go where they are copied and moved", () => {
  const quantity = { value: 5, [writtenNumbers]: { value: "5.0" } };
  const document = { quantity, [writtenNumbers]: {} } as Json;
  const result = expectOk(
    applyJsonPatch(document, [
      { op: "copy", from: "/quantity/value", path: "/low" },
      { op: "move", from: "/quantity/value", path: "/quantity/high" },
      { op: "add", path: "/quantity/unit", value: "g" },
      { op: "add", path: "/items", value: [] },
      { op: "copy", from: "/quantity", path: "/items/0" },
    ]),
  ) as { readonly quantity: Json; readonly items: readonly Json[] };
  assert.deepEqual(writtenNumbersOf(result), { low: "5.0" });
  assert.deepEqual(writtenNumbersOf(result.quantity), { high: "5.0" });
  assert.deepEqual(writtenNumbersOf(result.items[0]), { high: "5.0" });
});

test("a number that replaces an unusual one is written as it came", () => {
  const document = { value: 5, [writtenNumbers]: { value: "5.0" } } as Json;
  const result = expectOk(applyJsonPatch(document, [{ op: "replace", path: "/value", value: 5 }]));
  assert.deepEqual(writtenNumbersOf(result), {});
});

test("more operations than the limit are refused", () => {
  const operations = Array.from({ length: limits.patchOperationsMax + 1 }, () => ({
    op: "test",
    path: "",
    value: osei,
  }));
  assert.equal(flaw(applyJsonPatch(osei, operations)), "patch-too-long patch");
  assert.equal(flaw(applyJsonPatch(osei, operations.slice(1))), "");
});

test("a document that doubles with every copy is refused before it is large", () => {
  const doubling = Array.from({ length: 60 }, (_, index) => ({ op: "copy", from: "", path: `/a${index}` }));
  assert.equal(flaw(applyJsonPatch({}, doubling.slice(0, 5))), "");
  assert.match(flaw(applyJsonPatch({}, doubling)), /^patch-too-large patch\[1\d\]/);
});

test("nothing is put deeper than JSON may be", () => {
  const deep = (depth: number): Json => (depth === 0 ? 1 : [deep(depth - 1)]);
  const patch = (depth: number): Json => [{ op: "add", path: "/a", value: deep(depth) }];
  assert.equal(flaw(applyJsonPatch({}, patch(limits.jsonDepthMax - 1))), "");
  assert.equal(flaw(applyJsonPatch({}, patch(limits.jsonDepthMax))), "json-too-deep patch[0].path");
});

test("pointers are read with their escapes", () => {
  assert.deepEqual(parsePointer(""), []);
  assert.deepEqual(parsePointer("/"), [""]);
  assert.deepEqual(parsePointer("/a~1b/m~0n/~01"), ["a/b", "m~n", "~1"]);
  assert.equal(parsePointer("a"), undefined);
  assert.equal(parsePointer("/~"), undefined);
});
