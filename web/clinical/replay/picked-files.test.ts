import assert from "node:assert/strict";
import { test } from "node:test";
import { filesOf } from "./picked-files.ts";

function picked(path: string, content: string) {
  return Object.assign(new File([content], path.split("/").at(-1) ?? ""), { webkitRelativePath: path });
}

test("the files of a folder of links come with their paths below it, and others are passed over", async () => {
  const read = await filesOf([
    picked("trust/links/lab.json", '{"title":"Lab"}'),
    picked("trust/golden/lab/potassium.hl7", "MSH|é"),
    picked("trust/README.md", "words"),
  ]);
  assert.deepEqual(read, {
    files: [
      { path: "links/lab.json", json: { title: "Lab" } },
      { path: "golden/lab/potassium.hl7", base64: Buffer.from("MSH|é").toString("base64") },
    ],
    problems: [],
  });
});

test("a file that cannot be read is said by its name", async () => {
  const read = await filesOf([picked("links/lab.json", "{"), picked("links/gp.ts", "export const settings = {}")]);
  assert.equal(read.problems.length, 2);
  assert.match(read.problems[0] ?? "", /^links\/lab\.json/);
});

test("a folder without any of them says so", async () => {
  assert.equal((await filesOf([picked("trust/notes.json", "{}")])).problems.length, 1);
});
