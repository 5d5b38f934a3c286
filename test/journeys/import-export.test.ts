/** Resources in bulk on the command line, beside a running Corridor, as an operator moves them. */
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { runCommand } from "../command.ts";
import { type RunningProgram, startProgram } from "../program.ts";

const bundles = 60;
const resourcesEach = 60;

let folder = "";
let corridor: RunningProgram;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "corridor-moving-"));
  await mkdir(join(folder, "bundles"));
  for (let number = 0; number < bundles; number += 1) {
    await writeFile(join(folder, "bundles", `${number}.json`), JSON.stringify(aBundle(number)));
  }
  corridor = startProgram(["serve", "--json"], { CORRIDOR_DATA: join(folder, "data") });
  await corridor.firstLine();
});

after(async () => {
  await corridor.stop("SIGTERM");
  await rm(folder, { recursive: true, force: true });
});

function aBundle(number: number): object {
  const fullUrl = `urn:uuid:00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
  const creating = (resource: { readonly resourceType: string }) => ({
    resource,
    request: { method: "POST", url: resource.resourceType },
  });
  const patient = { ...creating({ resourceType: "Patient" }), fullUrl };
  const subject = { reference: fullUrl };
  const observations = Array.from({ length: resourcesEach - 1 }, (_, index) => {
    const observation = { resourceType: "Observation", status: "final", code: { text: `${number}-${index}` }, subject };
    return creating(observation);
  });
  return { resourceType: "Bundle", type: "transaction", entry: [patient, ...observations] };
}

function started(words: readonly string[]): RunningProgram {
  return startProgram(words, { CORRIDOR_DATA: join(folder, "data") });
}

async function run(words: readonly string[]) {
  const { code, out, err } = await runCommand([...words, "--json"], { CORRIDOR_DATA: join(folder, "data") });
  const last = out.trimEnd().split("\n").at(-1) || "{}";
  return { code, told: JSON.parse(last) as Record<string, unknown>, err };
}

test("an import that is killed is done again, and neither doubles nor misses anything", async () => {
  const killed = started(["import", join(folder, "bundles"), "--json"]);
  await killed.firstLine();
  await killed.stop("SIGKILL");
  const again = await run(["import", join(folder, "bundles")]);
  assert.equal(again.code, 0, again.err);
  assert.match(again.err, /Corridor is running on this data folder/);
  const { written, unchanged } = again.told;
  assert.equal(Number(written) + Number(unchanged), bundles * resourcesEach);
  const { told } = await run(["import", join(folder, "bundles")]);
  assert.deepEqual([told.written, told.unchanged], [0, bundles * resourcesEach]);
});

test("what is exported is all of it, each once, and may be imported again", async () => {
  const out = join(folder, "out");
  const exported = await run(["export", out, "--purpose", "HSYSADMIN", "--type", "Patient,Observation"]);
  assert.deepEqual(exported.told.types, { Patient: bundles, Observation: bundles * (resourcesEach - 1) });
  assert.deepEqual((await readdir(out)).sort(), ["Observation.ndjson", "Patient.ndjson"]);
  const lines = (await readFile(join(out, "Observation.ndjson"), "utf8")).trimEnd().split("\n");
  const codes = lines.map((line) => (JSON.parse(line) as { code: { text: string } }).code.text);
  assert.equal(new Set(codes).size, bundles * (resourcesEach - 1));
  const { told } = await run(["import", out]);
  assert.deepEqual([told.written, told.unchanged], [0, bundles * resourcesEach]);
  const nowhere = join(folder, "nowhere");
  assert.match((await run(["export", nowhere])).err, /Say what it is for/);
  const forResearch = await run(["export", nowhere, "--purpose", "HRESCH"]);
  assert.match(forResearch.err, /opt-out/, "without a recent answer nothing leaves for research");
  const purpose = ["--purpose", "HSYSADMIN"];
  assert.equal((await run(["export", out, ...purpose])).code, 1, "a folder with files in it is not written into");
});

test("what is not taken is told with its file, line and place, and in the exit code", async () => {
  const file = join(folder, "wrong.ndjson");
  await writeFile(file, '{"resourceType":"Patient","id":"right"}\n{"resourceType":"Patient","birthDate":"soon"}\n');
  const program = started(["import", file, "--continue-on-error"]);
  assert.equal(await program.exit, 1);
  assert.ok(program.errorText().includes(`${file}:2: Patient.birthDate: `), program.errorText());
  assert.match(program.outText(), /Imported 1 resources/);
  assert.equal((await run(["import", join(folder, "nothing-here")])).code, 1);
});
