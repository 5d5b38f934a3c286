import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { openDataFolder } from "./data-folder.ts";

async function aFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "corridor-data-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test("a data folder is made with a mark of its format, and opens again", async (t) => {
  const folder = join(await aFolder(t), "deep/data");
  assert.deepEqual(await openDataFolder(folder), { ok: true, value: undefined });
  assert.equal(await readFile(join(folder, "corridor.json"), "utf8"), '{"format":1}\n');
  assert.ok((await openDataFolder(folder)).ok);
});

const marks: readonly (readonly [title: string, mark: string, code: string, message: RegExp])[] = [
  ["of a newer Corridor", '{"format":2}', "data-folder-newer", /newer Corridor \(format 2, this one knows 1\)/],
  ["of something else", "hello", "data-folder-unknown", /is not what Corridor writes/],
  [
    "that a restore did not fill",
    '{"format":1,"restoring":true}',
    "restore-unfinished",
    /empty the folder .* then restore again/,
  ],
  ["without a format", "{}", "data-folder-unknown", /choose an empty folder/],
];

for (const [title, mark, code, message] of marks) {
  test(`a data folder ${title} is left as it is, and one line says what to do`, async (t) => {
    const folder = await aFolder(t);
    await writeFile(join(folder, "corridor.json"), mark);
    const opened = await openDataFolder(folder);
    assert.equal(opened.ok, false);
    assert.equal(opened.problems[0].code, code);
    assert.match(opened.problems[0].message, message);
    assert.equal(await readFile(join(folder, "corridor.json"), "utf8"), mark);
  });
}

test("a data folder that is a file is refused", async (t) => {
  const path = join(await aFolder(t), "data");
  await writeFile(path, "");
  const opened = await openDataFolder(path);
  assert.equal(opened.ok, false);
  assert.match(opened.problems[0].message, /cannot be written to \(not a folder\): choose another with CORRIDOR_DATA/);
});
