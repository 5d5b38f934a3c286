/** Which demonstration a folder holds, and what may be thrown away. */
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { expectOk, silentLog } from "#kernel";
import { type Asked, openDemoFolder, writeNote } from "./demo-folder.ts";
import { demoSettings } from "./settings.ts";

let parent = "";

before(async () => {
  parent = await mkdtemp(join(tmpdir(), "corridor-demo-"));
});

after(() => rm(parent, { recursive: true, force: true }));

const nowMs = Date.parse("2026-11-23T09:30:12Z");
const nothingAsked: Asked = { seed: undefined, patients: undefined, isFresh: false };

function open(name: string, asked: Partial<Asked> = {}, atMs = nowMs) {
  return openDemoFolder({ ...nothingAsked, ...asked }, { folder: join(parent, name), nowMs: atMs, log: silentLog });
}

test("an empty folder gets the usual hospital, as of the minute of its first start", async () => {
  const note = expectOk(await open("new"));
  const asOfMs = Date.parse("2026-11-23T09:30:00Z");
  assert.deepEqual(note, { seed: 1, patients: 200, asOfMs, isFilled: false, hasImages: false });
});

test("a later start takes the hospital as it was made", async () => {
  const note = expectOk(await open("later", { seed: 4, patients: 9 }));
  await mkdir(join(parent, "later"));
  await writeNote(join(parent, "later"), { ...note, isFilled: true });
  assert.deepEqual(expectOk(await open("later", {}, nowMs + 86_400_000)), { ...note, isFilled: true });
});

test("asking for another hospital than is there is refused, and says what to do", async () => {
  const folder = join(parent, "other");
  await mkdir(folder);
  await writeNote(folder, expectOk(await open("other", { seed: 4 })));
  const opened = await open("other", { seed: 5 });
  assert.equal(!opened.ok && opened.problems[0].code, "demonstration-differs");
  assert.match((!opened.ok && opened.problems[0].message) || "", /--fresh/);
});

test("a folder with anything but a demonstration is left alone, with --fresh too", async () => {
  const folder = join(parent, "real");
  await mkdir(folder);
  await writeFile(join(folder, "corridor.json"), '{"format":1}\n');
  for (const isFresh of [false, true]) {
    const opened = await open("real", { isFresh });
    assert.equal(!opened.ok && opened.problems[0].code, "not-a-demonstration");
  }
  assert.deepEqual(await readdir(folder), ["corridor.json"]);
});

test("the demonstration listens on this machine only, and leaves DATABASE_URL alone", () => {
  const open = demoSettings({ CORRIDOR_HOST: "0.0.0.0" });
  assert.equal(!open.ok && open.problems[0].code, "demonstration-not-local");
  const settings = expectOk(demoSettings({ DATABASE_URL: "postgres://real/hospital" }));
  assert.equal(settings.DATABASE_URL, undefined);
  assert.equal(settings.CORRIDOR_DATA, "./data/demo");
});
