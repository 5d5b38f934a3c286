import assert from "node:assert/strict";
import { test } from "node:test";
import { changedFiles } from "./changed-files.ts";

const lab = { path: "links/lab.json", json: { title: "Laboratory", intake: { by: "mllp", port: 2575 } } };

test("the order of members is no change", () => {
  const turned = { path: "links/lab.json", json: { intake: { port: 2575, by: "mllp" }, title: "Laboratory" } };
  assert.deepEqual(changedFiles([lab], [turned]), []);
});

test("what is added, taken out or different is a change", () => {
  const other = { path: "links/lab.json", json: { title: "Pathology" } };
  const golden = { path: "golden/lab/k.hl7", base64: "TVNI" };
  assert.deepEqual(changedFiles([lab], [other, golden]), ["golden/lab/k.hl7", "links/lab.json"]);
});
