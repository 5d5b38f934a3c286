/** A FHIR package added beside a running Corridor, as an operator does it. */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { setTimeout } from "node:timers/promises";
import { runCommand } from "../command.ts";
import { bedsUrl, namedPatientUrl, wardPackage } from "../fhir-package.ts";
import { type RunningProgram, startProgram } from "../program.ts";

let folder = "";
let address = "";
let token = "";
let corridor: RunningProgram;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "corridor-packages-"));
  corridor = startProgram(["serve", "--json"], { CORRIDOR_DATA: join(folder, "data") });
  address = (JSON.parse(await corridor.firstLine()) as { http: string }).http;
  token = (await run(["token", "--scope", "system/*.cruds"])).out.trim();
  await writeFile(join(folder, "ward.tgz"), wardPackage("1.0.0"));
});

after(async () => {
  await corridor.stop("SIGTERM");
  await rm(folder, { recursive: true, force: true });
});

const run = (words: readonly string[]) => runCommand(words, { CORRIDOR_DATA: join(folder, "data") });

async function asked(path: string, body?: object): Promise<string> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/fhir+json" };
  const sent = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  return (await fetch(`${address}/fhir/${path}`, { headers, ...sent })).text();
}

/** What another process has written is seen within a second; on a busy machine it takes longer. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + 20_000;
  while (!(await isSo())) {
    assert.ok(performance.now() < deadlineMs, "the value set was not expanded in time");
    await setTimeout(50);
  }
}

test("a package that is added is validated by at once and soon expanded, and is listed", async () => {
  const nameless = { resourceType: "Patient", meta: { profile: [namedPatientUrl] } };
  assert.doesNotMatch(await asked("Patient/$validate", nameless), /"severity":"error"/);
  const added = await run(["package", "add", join(folder, "ward.tgz")]);
  assert.equal(added.code, 0, added.err);
  assert.match(
    added.out,
    /^org\.example\.ward 1\.0\.0: 3 definitions added or changed\.\nIt needs.*org\.example\.base 2/,
  );
  assert.match(await asked("Patient/$validate", nameless), /"severity":"error".*"expression":\["Patient\.name"\]/);
  const asSent = `Patient/$validate?profile=${encodeURIComponent(namedPatientUrl)}`;
  assert.match(await asked(asSent, { resourceType: "Patient" }), /"severity":"error"/);
  await until(async () =>
    (await asked(`ValueSet/$expand?url=${encodeURIComponent(bedsUrl)}`)).includes('"code":"window"'),
  );
  const listed = await run(["package", "list"]);
  assert.equal(listed.out, "org.example.ward 1.0.0, 3 definitions\n");
});

test("what cannot be added is told in a line, and nothing has changed", async () => {
  const absent = await run(["package", "add", join(folder, "absent.tgz")]);
  assert.equal(absent.code, 1);
  assert.match(absent.err, /^corridor: There is no file .*absent\.tgz\.\n$/);
  const again = await run(["package", "add", join(folder, "ward.tgz"), "--json"]);
  const { written, unchanged } = JSON.parse(again.out) as { written: number; unchanged: number };
  assert.deepEqual([written, unchanged], [0, 3]);
});
