import assert from "node:assert/strict";
import { test } from "node:test";
import { newSettings, settingsFiles, withFile, withMember, withoutFile } from "./draft.ts";
import { problemsOf } from "./form-problems.ts";

const lab = { path: "links/lab.json", json: { title: "Laboratory", intake: { by: "mllp", port: 2575 } } };
const golden = { path: "golden/lab/k.hl7", base64: "TVNI" };
const gp = { path: "destinations/gp.json", json: newSettings("destinations") };

test("links and destinations are found by their files, whatever else there is", () => {
  const found = settingsFiles([lab, golden, gp, { path: "codes/lab.json", json: {} }]);
  assert.deepEqual(
    found.map(({ folder, name }) => `${folder} ${name}`),
    ["destinations gp", "links lab"],
  );
});

test("a link that is taken out takes its golden messages with it, and no others", () => {
  const [file] = settingsFiles([lab]);
  assert.ok(file);
  const other = { path: "golden/lab-2/k.hl7", base64: "TVNI" };
  assert.deepEqual(withoutFile([lab, golden, gp, other], file), [gp, other]);
});

test("a file is changed in its place, or added", () => {
  const changed = { ...lab.json, title: "Pathology" };
  assert.deepEqual(withFile([lab, gp], lab.path, changed), [{ path: lab.path, json: changed }, gp]);
  assert.deepEqual(withFile([], lab.path, changed), [{ path: lab.path, json: changed }]);
});

test("a member that is left out is taken out, and the order of the others stays", () => {
  assert.deepEqual(withMember({ a: 1, b: 2, c: 3 }, "b", 5), { a: 1, b: 5, c: 3 });
  assert.deepEqual(Object.keys(withMember({ a: 1, b: 2, c: 3 }, "b", 5)), ["a", "b", "c"]);
  assert.deepEqual(withMember({ a: 1, b: 2 }, "b", undefined), { a: 1 });
  assert.deepEqual(withMember(undefined, "b", 2), { b: 2 });
});

test("a problem stands at its field, without the place", () => {
  const where = "links/lab.json: intake.port";
  const message = `${where}: give a whole number from 0 to 65535.`;
  const found = problemsOf([{ code: "configuration-incorrect", message, where }], "links/lab.json");
  assert.equal(found.at("intake.port"), "Give a whole number from 0 to 65535.");
  assert.equal(found.at("intake"), undefined);
  assert.equal(found.within("intake"), "Give a whole number from 0 to 65535.");
  assert.equal(problemsOf([{ code: "x", message, where }], "links/lab2.json").count, 0);
});
