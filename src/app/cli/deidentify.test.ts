/** `corridor deidentify`: what it writes, where its key is, what it says and how it ends. */
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { gzipSync } from "node:zlib";
import { deidentify } from "./deidentify.ts";

const patient = JSON.stringify({
  resourceType: "Patient",
  id: "osei",
  name: [{ family: "Osei" }],
  birthDate: "1980-03-02",
});

async function aDesk(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), "corridor-deidentify-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const given = join(folder, "Osei");
  await mkdir(given);
  await writeFile(join(given, "Osei.ndjson.gz"), gzipSync(`${patient}\n${patient}\n`));
  const out: string[] = [];
  const err: string[] = [];
  const terminal = {
    interactive: false,
    width: 80,
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
    redraw: () => {},
  };
  const run = (options: Readonly<Record<string, string>>) =>
    deidentify.run({ words: [given], options, environment: { CORRIDOR_DATA: join(folder, "data") }, terminal });
  return { folder, given, out, err, run };
}

const written = async (folder: string) =>
  Promise.all(
    (await readdir(folder))
      .filter((name) => name !== "report.json")
      .map((name) => readFile(join(folder, name), "utf8")),
  );

test("copies are written under other names, a project again with the same pseudonyms, its key for its owner alone", async (t) => {
  const { folder, out, run } = await aDesk(t);
  const [first, again, other] = ["first", "again", "other"].map((name) => join(folder, name));
  assert.ok(first && again && other);
  assert.equal(await run({ rules: "teaching", project: "nurses", to: first }), 0);
  assert.match(out.join("\n"), /^Wrote 2 resources, messages and images in 1 files/);
  assert.equal(await run({ rules: "teaching", project: "nurses", to: again }), 0);
  assert.equal(await run({ rules: "teaching", project: "doctors", to: other }), 0);
  assert.deepEqual(await written(first), await written(again));
  assert.notDeepEqual(await written(first), await written(other));
  assert.ok(!(await readdir(first)).join().includes("Osei"));
  const key = await stat(join(folder, "data/deidentification/nurses.key"));
  assert.equal(key.mode & 0o777, 0o600);
  const report = JSON.parse(await readFile(join(first, "report.json"), "utf8")) as {
    readonly rules: Record<string, number>;
  };
  assert.equal(report.rules["HumanName substitute"], undefined);
  assert.equal(report.rules["id pseudonym"], 2);
});

test("a file that cannot be de-identified is told of and left out, and the folder must be new", async (t) => {
  const { folder, given, err, run } = await aDesk(t);
  await writeFile(join(given, "letter.txt"), "Dear Mrs Osei");
  await writeFile(join(given, "half.ndjson"), `${patient}\n{"resourceType":"Pat`);
  const to = join(folder, "out");
  assert.equal(await run({ rules: "safe-harbor", project: "nurses", to }), 1);
  assert.ok(err.some((line) => line.includes("It is neither FHIR, HL7 v2 nor DICOM.")));
  assert.equal((await written(to)).length, 1);
  assert.equal(await run({ rules: "safe-harbor", project: "nurses", to }), 1);
  assert.match(err.at(-1) ?? "", /is not empty/);
});

for (const [options, reason] of [
  [{ rules: "none", project: "p", to: "x" }, /There are no rules none; there are: safe-harbor, teaching, testing/],
  [{ rules: "teaching", project: "../p", to: "x" }, /A project's name is/],
  [{ rules: "teaching", project: "p" }, /Say --rules/],
] as const) {
  test(`asked with ${JSON.stringify(options)} it says what is wrong`, async (t) => {
    const { err, run } = await aDesk(t);
    assert.equal(await run(options), 1);
    assert.match(err.join("\n"), reason);
  });
}
