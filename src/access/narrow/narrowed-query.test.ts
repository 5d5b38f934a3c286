/** Nobody learns through a chain what they may not search. DESIGN.md, invariant 5. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { expectOk } from "#kernel";
import type { Clause } from "#record";
import { clerk, doctor, freshWard, problemOf, searching, short } from "../../../test/narrowed-ward.ts";

const male: Clause = { is: "key", any: ["gender=male"] };
const hb: Clause = { is: "key", any: ["code=718-7"] };
const observed = (...all: Clause[]): Clause => ({ is: "referred", parameters: ["patient"], from: "Observation", all });
const ofPatient = (...all: Clause[]): Clause => ({ is: "refers", parameters: ["patient"], to: "Patient", all });
const partOfProcedures: Clause = {
  is: "lineage",
  parameters: ["part-of"],
  to: "Procedure",
  ids: ["1"],
  direction: "below",
  partOf: "part-of",
  prefixes: [""],
};
const oseiById: Clause = { is: "id", any: ["osei"] };

describe("a clerk, who may search patients and not observations", async () => {
  const { as, acts } = await freshWard();
  const mine = as(clerk);

  const forbidden: readonly (readonly [what: string, clause: Clause])[] = [
    ["patients who have an observation", observed(hb)],
    ["patients who have none", { is: "not", of: observed(hb) }],
    ["patients by an observation inside other conditions", { is: "all", of: [{ is: "any", of: [observed(hb)] }] }],
    ["patients by patients who have an observation", ofPatient(observed(hb))],
    ["patients by a hierarchy of procedures", partOfProcedures],
  ];
  for (const [what, clause] of forbidden) {
    it(`may not search ${what}, and that they tried is in the log`, async () => {
      await acts();
      const problem = problemOf(await mine.search(searching("Patient", clause)));
      assert.equal(problem.code, "kind-forbidden");
      assert.equal(problemOf(await mine.count(searching("Patient", clause))).code, "kind-forbidden");
      assert.deepEqual(
        (await acts()).map(({ problem: told }) => told),
        ["kind-forbidden", "kind-forbidden"],
      );
    });
  }

  it("may not have patients in the order of what stands elsewhere that they may not search", async () => {
    const by = { parameters: ["general-practitioner"], to: "Observation", by: "id" } as const;
    const query = { ...searching("Patient"), sort: { by, descending: false } };
    assert.equal(problemOf(await mine.search(query)).code, "kind-forbidden");
  });

  it("is told of the alternatives that they may search, as if nothing were found by the others", async () => {
    const either: Clause = { is: "any", of: [observed(hb), oseiById] };
    const page = expectOk(await mine.search(searching("Patient", either)));
    assert.deepEqual(
      page.versions.map(({ id }) => id),
      ["osei"],
    );
  });
});

describe("a doctor, who may search both", async () => {
  const { as, acts } = await freshWard();
  const mine = as(doctor);

  it("finds patients through their observations, and the log says how", async () => {
    await acts();
    const page = expectOk(await mine.search(searching("Patient", observed(hb), { is: "not", of: male })));
    assert.deepEqual(page.versions.map(({ id }) => id).sort(), ["oneill", "osei"]);
    const [act] = (await acts()).map(short);
    assert.equal(act?.query, "Patient?_has:Observation:patient:(code=718-7)&not(gender=*)");
  });

  it("leaves in the log which patient a chain names", async () => {
    await acts();
    expectOk(await mine.search(searching("Observation", ofPatient(oseiById))));
    const [act] = (await acts()).map(short);
    assert.deepEqual([act?.patients, act?.query], [["Patient/osei"], "Observation?patient:Patient.(_id=osei)"]);
  });
});
