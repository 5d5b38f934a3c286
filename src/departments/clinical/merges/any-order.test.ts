/**
 * Merges and their undoing in any order: everything always stands under the patient at the end of the chain that leads
 * from whom it was recorded for, and nothing is left of a merge when all are undone.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Patient } from "#standards/fhir";
import { type Edge, forestOf } from "./forest.ts";
import { placedPatient } from "./placed-patient.ts";
import { rehomed } from "./recorded-for.ts";

const names = ["A", "B", "C", "D", "E", "F"].map((name) => `Patient/${name}`);
const name = fc.constantFrom(...names);

type Step = { readonly do: "merge"; readonly edge: Edge } | { readonly do: "undo"; readonly at: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("merge" as const), edge: fc.record({ discarded: name, survivor: name }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("undo" as const), at: fc.nat(20) }) },
);

interface World {
  readonly edges: readonly Edge[];
  readonly patients: ReadonlyMap<string, Patient>;
  readonly results: readonly Result[];
}

type Result = {
  readonly id: string;
  readonly subject: { readonly reference: string };
  readonly performer: readonly { readonly reference: string }[];
};

function firstWorld(): World {
  const patients = names.map((reference): [string, Patient] => [
    reference,
    {
      resourceType: "Patient",
      id: reference.slice(8),
      identifier: [{ system: "urn:m", value: reference }],
      ...(reference === "Patient/B" ? { active: true } : {}),
    },
  ]);
  const results = names.flatMap((reference, at) => [
    { id: `own-${at}`, subject: { reference }, performer: [{ reference: "Practitioner/1" }] },
    { id: `both-${at}`, subject: { reference }, performer: [{ reference: names[(at + 1) % names.length] ?? "" }] },
  ]);
  return { edges: [], patients: new Map(patients), results };
}

function stepped(world: World, taken: Step): World {
  const forest = forestOf(world.edges);
  if (taken.do === "merge") {
    const { discarded, survivor } = taken.edge;
    const isPossible = forest.rootOf(discarded) === discarded && forest.rootOf(survivor) !== discarded;
    return isPossible ? arranged(world, [...world.edges, taken.edge], new Map()) : world;
  }
  const undone = world.edges[taken.at % Math.max(1, world.edges.length)];
  if (undone === undefined) return world;
  const released = new Map([[undone.discarded, undone.discarded === "Patient/B" ? true : null]]);
  return arranged(
    world,
    world.edges.filter((edge) => edge !== undone),
    released,
  );
}

function arranged(world: World, edges: readonly Edge[], released: ReadonlyMap<string, boolean | null>): World {
  const forest = forestOf(edges);
  const placement = { forest, known: new Set(names), patients: world.patients, released };
  const homeOf = (patient: string) => (names.includes(patient) ? forest.rootOf(patient) : undefined);
  return {
    edges,
    patients: new Map(names.map((reference) => [reference, placedPatient(reference, placement)])),
    results: world.results.map((result) => rehomed(result, homeOf)),
  };
}

test("everything stands under the patient who stands for whom it was recorded for", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const world = steps.reduce(stepped, firstWorld());
      const forest = forestOf(world.edges);
      for (const [at, result] of world.results.entries()) {
        const origin = firstWorld().results[at];
        assert.equal(result.subject.reference, forest.rootOf(origin?.subject.reference ?? ""));
      }
    }),
    { numRuns: 500 },
  );
});

test("patients are found by all numbers that lead to them, and links say who stands for whom", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const world = steps.reduce(stepped, firstWorld());
      const forest = forestOf(world.edges);
      for (const reference of names) {
        const patient = world.patients.get(reference);
        const root = forest.rootOf(reference);
        const values = world.patients.get(root)?.identifier?.map(({ value }) => value);
        assert.ok(values?.includes(reference));
        if (root === reference) assert.equal(patient?.link?.length ?? 0, forest.mergedInto(reference).length);
        else
          assert.deepEqual(
            [patient?.active, patient?.link],
            [false, [{ other: { reference: root }, type: "replaced-by" }]],
          );
      }
    }),
    { numRuns: 500 },
  );
});

test("when all merges are undone, in whatever order, everything is as it was", () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 25 }),
      fc.array(fc.nat(20), { minLength: 30, maxLength: 30 }),
      (steps, order) => {
        const merged = steps.reduce(stepped, firstWorld());
        const undone = order.reduce((world, at) => stepped(world, { do: "undo", at }), merged);
        assert.deepEqual(undone, firstWorld());
      },
    ),
    { numRuns: 500 },
  );
});
