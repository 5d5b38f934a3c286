/** A merge of more than fits into one commit, and what happens when the program stops between two steps. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectOk, limits } from "#kernel";
import type { Operation } from "#record";
import { aMerge, anOruR01, aParting, potassium } from "../../../../test/builders/index.ts";
import { contextOf } from "../../../../test/handler-context.ts";
import { aMergingHospital } from "../../../../test/merging.ts";
import { mrsOsei } from "../../../../test/ward/index.ts";
import { knownMerge } from "./merge-network.ts";
import { mergesActor } from "./subordinates.ts";
import { takeMergeStep } from "./take-step.ts";

const many = limits.mergeStepResourcesMax + 20;

test("a patient with very many results is moved in steps that are seen, and given back in steps", async () => {
  const hospital = await aMergingHospital();
  const second = { patient: { ...mrsOsei, nhsNumber: "" }, pid: { 3: "H9^^^MEADOW^MR" } };
  await hospital.send(anOruR01({ controlId: "R-1", filler: "26U1", obx: [potassium] }));
  await hospital.send(anOruR01({ controlId: "R-2", filler: "26U2", placer: "P2", obx: [potassium], ...second }));
  const { id } = await hospital.patientOf("H9");
  const results = Array.from({ length: many }, (_, at): Operation => {
    const body = {
      resourceType: "Observation",
      status: "final",
      code: { text: `Test ${at}` },
      subject: { reference: `Patient/${id}` },
    };
    return { action: "create", kind: "Observation", id: `o-${at}`, body };
  });
  expectOk(await hospital.record.transact({ operations: results }));
  assert.equal((await hospital.send(aMerge(), { link: "pas" })).code, "AA");
  const [begun] = await hospital.merges();
  assert.deepEqual([begun?.state, begun?.steps, begun?.moved], ["moving", 1, limits.mergeStepResourcesMax]);

  const { record, clock } = contextOf(hospital.parts, mergesActor);
  const stale = knownMerge(expectOk(await record.read("PatientMerge", begun?.id ?? "")));
  await hospital.settle();
  const [done] = await hospital.merges();
  assert.deepEqual([done?.state, done?.steps, done?.moved], ["merged", 2, many + 4]);
  assert.equal((await hospital.under(mrsOsei.hospitalNumber, "Observation")).length, many + 2);
  const late = await takeMergeStep({ record, clock }, stale);
  assert.equal(
    !late.ok && late.problems[0].category,
    "conflict",
    "a process that comes late with a step does it no second time",
  );

  await hospital.send(aParting(["H9", mrsOsei.hospitalNumber]), { link: "pas" });
  await hospital.settle();
  const [undone] = await hospital.merges();
  assert.deepEqual([undone?.state, undone?.undo?.steps, undone?.undo?.returned], ["undone", 2, many + 4]);
  assert.equal((await hospital.under("H9", "Observation")).length, many + 1);
});
