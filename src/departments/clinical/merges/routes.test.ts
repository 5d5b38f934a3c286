/** Merges over HTTP, over a real record. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectOk } from "#kernel";
import { aMerge, anOruR01, potassium } from "../../../../test/builders/index.ts";
import { aRequest } from "../../../../test/builders/request.ts";
import { anActor, contextOf } from "../../../../test/handler-context.ts";
import { aMergingHospital } from "../../../../test/merging.ts";
import { mrsOsei } from "../../../../test/ward/index.ts";
import type { MergesPage, MergeView } from "../api.ts";
import { fetchBanner } from "../chart/fetch-banner.ts";
import { mergeRoutes } from "./routes.ts";

const [list, undo] = mergeRoutes;
const second = { patient: { ...mrsOsei, nhsNumber: "" }, pid: { 3: "H9^^^MEADOW^MR" } };

async function mergedHospital() {
  const hospital = await aMergingHospital();
  await hospital.send(anOruR01({ controlId: "R-1", filler: "26U1", placer: "P1", obx: [potassium] }));
  await hospital.send(anOruR01({ controlId: "R-2", filler: "26U2", placer: "P2", obx: [potassium], ...second }));
  await hospital.send(aMerge(), { link: "pas" });
  const context = contextOf(hospital.parts, anActor("pathology-links-manager"));
  return {
    hospital,
    context,
    merges: async (query = "") =>
      JSON.parse(String(expectOk(await list!.handle(aRequest({ query }), context)).body)) as MergesPage,
    ask: (id: string, body: unknown) =>
      undo!.handle(aRequest({ params: { id }, body: new TextEncoder().encode(JSON.stringify(body)) }), context),
  };
}

test("the list tells who was merged into whom, by which message, and how much was moved", async () => {
  const { merges } = await mergedHospital();
  const [merge, another] = (await merges()).merges;
  assert.equal(another, undefined);
  assert.deepEqual([merge?.state, merge?.event, merge?.discarded.numbers], ["merged", "A40", ["H9"]]);
  assert.equal(merge?.moved, 4);
  assert.equal((await merges("state=undone")).merges.length, 0);
  assert.equal((await merges(`patient=${merge?.survivor.id}`)).merges.length, 1);
});

test("undoing by hand gives back what was moved, and says who asked and why", async () => {
  const { hospital, merges, ask } = await mergedHospital();
  const [merge] = (await merges()).merges;
  const asked = JSON.parse(String(expectOk(await ask(merge?.id ?? "", { reason: "Two sisters" })).body)) as MergeView;
  assert.equal(asked.state, "undoing");
  await hospital.settle();
  const [done] = (await merges()).merges;
  assert.deepEqual([done?.state, done?.undo?.reason, done?.undo?.returned], ["undone", "Two sisters", 4]);
  assert.equal(done?.undo?.by, "Pathology Links Manager");
  assert.equal((await hospital.under("H9", "Observation")).length, 1);
});

test("a merge is undone once, and a reason must be given", async () => {
  const { hospital, merges, ask } = await mergedHospital();
  const id = (await merges()).merges[0]?.id ?? "";
  const silent = await ask(id, { reason: "" });
  assert.equal(!silent.ok && silent.problems[0].code, "body-incorrect");
  expectOk(await ask(id, { reason: "Two sisters" }));
  await hospital.settle();
  const again = await ask(id, { reason: "Two sisters" });
  assert.equal(!again.ok && again.problems[0].code, "merge-not-undoable");
});

test("the chart of one who was merged leads to the patient who stays", async () => {
  const { hospital } = await mergedHospital();
  const context = contextOf(hospital.parts, anActor("doctor"));
  const [kept, ceased] = [await hospital.patientOf(mrsOsei.hospitalNumber), await hospital.patientOf("H9")];
  const banner = expectOk(await fetchBanner(context, ceased.id));
  assert.deepEqual([banner.active, banner.replacedBy], [false, kept.id]);
  const labels = expectOk(await fetchBanner(context, kept.id)).identifiers.map(
    ({ label, value }) => `${label} ${value}`,
  );
  assert.deepEqual(labels, [`Hospital number ${mrsOsei.hospitalNumber}`, "Former hospital number H9"]);
});
