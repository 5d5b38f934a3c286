/** `corridor simulate` without a running Corridor: what it prints, what it saves, and how it ends. */
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { anOruR01 } from "../../../test/builders/index.ts";
import { anOpenLink } from "../../../test/doors/mllp.ts";
import { ackOf, controlIdOf } from "../../../test/doors/mllp-sender.ts";
import { simulate } from "./simulate.ts";

async function aTestBench(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), "corridor-simulate-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const link = await anOpenLink(t, { receive: async (body) => ackOf(controlIdOf(body), "AA") });
  const out: string[] = [];
  const err: string[] = [];
  const terminal = {
    interactive: false,
    width: 80,
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
    redraw: () => {},
  };
  const run = (words: readonly string[], options: Readonly<Record<string, string | boolean>> = {}) => {
    out.length = 0;
    err.length = 0;
    return simulate.run({ words, options, environment: { CORRIDOR_DATA: folder }, terminal });
  };
  const given = join(folder, "in");
  await mkdir(given);
  for (const id of ["A", "B"]) await writeFile(join(given, `${id}.hl7`), anOruR01({ controlId: id }));
  return { folder, given, out, err, run, address: `127.0.0.1:${link.port}`, link };
}

test("a folder is played, told in figures, saved, and compared with another run", async (t) => {
  const { run, out, folder, given, address } = await aTestBench(t);
  const [first, second] = [join(folder, "1.json"), join(folder, "2.json")];
  assert.equal(await run(["play", address], { files: given, save: first }), 0);
  assert.match(
    out.join("\n"),
    /^Played 2 messages against mllp:\/\/127\.0\.0\.1:\d+ in .*\nAcknowledged: AA 2\.\nHalf within/,
  );
  assert.equal(await run(["play", address], { files: given, save: second, connections: "2" }), 0);
  assert.equal(await run(["compare", first, second], { json: true }), 0);
  const { isSameTraffic, answersDiffer } = JSON.parse(out.join("\n"));
  assert.deepEqual({ isSameTraffic, answersDiffer }, { isSameTraffic: true, answersDiffer: 0 });
});

test("it ends with exit code 1 where something came out otherwise, or was not answered", async (t) => {
  const { run, out, err, folder, given, address, link } = await aTestBench(t);
  const options = { files: given, expect: given, receive: folder, quiet: "1" };
  assert.equal(await run(["play", address], options), 1);
  assert.match(out.join("\n"), /Came out: 0 of 2 expected; 0 as expected, 0 different, 2 missing/);
  await link.stop();
  assert.equal(await run(["play", address], { files: given }), 1);
  assert.match(err.join("\n"), /2 messages were not answered/);
});

test("a day is written as files, and another machine is played against only where that is allowed", async (t) => {
  const { run, out, err, folder } = await aTestBench(t);
  const day = { day: "2026-11-20", patients: "3" };
  assert.equal(await run(["write", join(folder, "day")], day), 0);
  const files = await readdir(join(folder, "day"));
  assert.match(out.join("\n"), new RegExp(`Wrote ${files.length} messages`));
  assert.equal(await run(["play", "mllp://lab.example:2575"], day), 1);
  assert.match(err.join("\n"), /CORRIDOR_SIMULATOR_TARGETS/);
});

const wrong: readonly (readonly [words: readonly string[], options: Readonly<Record<string, string>>, told: RegExp])[] =
  [
    [[], {}, /Say what to do/],
    [["play", "127.0.0.1:1"], {}, /Say what to play/],
    [["play", "127.0.0.1:1"], { day: "yesterday" }, /give a date/],
    [["play", "127.0.0.1:1"], { day: "2026-11-20", speed: "2", rate: "5" }, /not both/],
    [["play", "127.0.0.1:1"], { day: "2026-11-20", connections: "65" }, /from 1 to 64/],
    [["play", "127.0.0.1:1"], { files: "/nowhere/at/all" }, /There is no file or folder/],
    [["play", "127.0.0.1:1"], { day: "2026-11-20", expect: "out" }, /together/],
    [["play", "nowhere"], { day: "2026-11-20" }, /is no address/],
  ];

for (const [words, options, told] of wrong) {
  test(`corridor simulate ${words.join(" ")} ${JSON.stringify(options)} says ${told.source}`, async (t) => {
    const { run, err } = await aTestBench(t);
    assert.equal(await run(words, options), 1);
    assert.match(err.join("\n"), told);
  });
}
