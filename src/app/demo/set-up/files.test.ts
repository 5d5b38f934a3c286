/** What the demonstration deploys, through the check that a person's files go through. */
import assert from "node:assert/strict";
import test from "node:test";
import { changedPaths, checkConfiguration } from "#departments/clinical";
import { expectOk, hospitalTime } from "#kernel";
import { readConfig } from "../../config.ts";
import { checkNeeds } from "../../links/check-needs.ts";
import { openingFiles, passingOnFiles } from "./files.ts";
import { goldenFiles } from "./golden.ts";
import { portsIn, withPorts } from "./own-ports.ts";

const config = expectOk(readConfig({}));
const needs = checkNeeds(config, hospitalTime(config.timeZone));
const links = { lab: 2575, cellpath: 2576, pas: 2577 };
const receivers = { "general-practice": 4001, wards: 4002, "cancer-registry": 4003, saltbridge: 4004 };

test("the three links of the beginning are sound and pass nothing on", async () => {
  const { problems, configuration } = await checkConfiguration(openingFiles(links), needs);
  assert.deepEqual(problems, []);
  assert.equal(configuration.links.length, 3);
  assert.deepEqual(
    configuration.links.flatMap(({ routes }) => routes),
    [],
  );
});

test("every golden message goes where its route says, and bedside gases are filtered by name", async () => {
  const { golden } = await checkConfiguration([...passingOnFiles(links, receivers), ...goldenFiles()], needs);
  const given = golden.map(({ expectedPath, actual }) => {
    const { outcome, destinations, filteredBy = "" } = actual;
    const name = expectedPath.replace(/^golden\/|\.expected\.json$/g, "");
    return [name, outcome, destinations, filteredBy];
  });
  assert.deepEqual(given, [
    ["cellpath/histology", "mapped", ["cancer-registry", "general-practice"], ""],
    ["lab/blood-gas", "mapped", [], "bedside-gases-stay-here"],
    ["lab/full-blood-count", "mapped", ["wards", "saltbridge"], ""],
    ["lab/renal-profile", "mapped", ["wards", "general-practice"], ""],
    ["pas/admission", "mapped", ["wards"], ""],
    ["pas/registration", "mapped", ["wards"], ""],
  ]);
});

test("with what each golden message gives now beside it, the whole is sound", async () => {
  const files = [...passingOnFiles(links, receivers), ...goldenFiles()];
  const { golden } = await checkConfiguration(files, needs);
  const expected = golden.map(({ expectedPath, actual }) => ({ path: expectedPath, json: actual }));
  const { problems } = await checkConfiguration([...files, ...expected], needs);
  assert.deepEqual(problems, []);
});

test("a later start changes the ports that it takes, and nothing that a person has changed", () => {
  const files = [...passingOnFiles(links, receivers), { path: "links/own.json", json: { title: "Ours" } }];
  const moved = withPorts(files, { links: { lab: 9000 }, receivers: { ...receivers, wards: 4012 } });
  assert.deepEqual(changedPaths(moved, files), ["destinations/wards.json", "links/lab.json"]);
  const { links: now, receivers: then } = portsIn(moved.filter(({ path }) => path !== "links/own.json"));
  assert.deepEqual(now, { ...links, lab: 9000 });
  assert.deepEqual(then, { ...receivers, wards: 4012 });
});
