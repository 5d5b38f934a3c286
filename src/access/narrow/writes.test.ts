/** The record as one actor may see it. DESIGN.md, invariants 5 and 6. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { expectOk, type JsonObject } from "#kernel";
import type { Operation } from "#record";
import { caringFor } from "../../../test/builders/relationship.ts";
import { clerk, doctor, freshWard, observation, problemOf, searching, short } from "../../../test/narrowed-ward.ts";
import { type Actor, linkActor } from "../actor.ts";
import { parseScope } from "../scope.ts";

describe("writing through a narrowed record", async () => {
  const { as, acts, record, put } = await freshWard();
  const mine = as(doctor);
  const create = (body: JsonObject, extra: object = {}) =>
    ({ action: "create", kind: "Observation", body, ...extra }) as Operation;
  const provenances = async (target: string) => {
    const page = await record.search(searching("Provenance", { is: "key", any: [`target=${target}`] }));
    return expectOk(page).versions.map((version) => JSON.parse(version.body));
  };

  it("leaves one entry for all that was created and one for all that was updated, with the versions", async () => {
    await acts();
    const outcomes = expectOk(
      await mine.transact({
        operations: [
          create(observation("osei", 121), { id: "hb2" }),
          create(observation("oneill", 141), { id: "na2" }),
          { action: "update", kind: "Observation", id: "hb", body: observation("osei", 122) },
        ],
      }),
    );
    assert.deepEqual(
      outcomes.map((outcome) => outcome.effect),
      ["created", "created", "updated"],
    );
    assert.deepEqual((await acts()).map(short), [
      {
        act: "create",
        outcome: 0,
        patients: ["Patient/osei", "Patient/oneill"],
        entities: ["Observation/hb2/_history/1", "Observation/na2/_history/1"],
      },
      { act: "update", outcome: 0, patients: ["Patient/osei"], entities: ["Observation/hb/_history/2"] },
    ]);
  });

  it("adds one Provenance for the transaction, naming the very versions and who wrote them", async () => {
    const [first, second] = expectOk(
      await mine.transact({ operations: [create(observation("osei", 1)), create(observation("osei", 2))] }),
    );
    const found = await provenances(`Observation/${first!.version.id}`);
    assert.equal(found.length, 1);
    assert.deepEqual(found[0].target, [
      { reference: `Observation/${first!.version.id}/_history/1` },
      { reference: `Observation/${second!.version.id}/_history/1` },
    ]);
    assert.equal(found[0].recorded, "2026-03-02T09:00:00.000Z");
    assert.equal(found[0].agent[0].who.display, "Dr Ingrid Lindqvist");
    assert.equal(found[0].agent[0].who.identifier.value, "User/lindqvist");
    assert.equal(found[0].activity.coding[0].code, "CREATE");
  });

  it("adds no Provenance where the writer brings one, or nothing was written", async () => {
    const own = {
      target: [{ reference: "Observation/own" }],
      recorded: "2026-03-02T09:00:00Z",
      agent: [{ who: { display: "Lab" } }],
    };
    const lab = as(linkActor("lab"));
    const operations: Operation[] = [
      create(observation("osei", 3), { id: "own" }),
      { action: "create", kind: "Provenance", body: own },
    ];
    assert.equal(expectOk(await lab.transact({ operations })).length, 2);
    assert.equal((await provenances("Observation/own")).length, 1);
    const same: Operation = { action: "update", kind: "Observation", id: "own", body: observation("osei", 3) };
    assert.equal(expectOk(await mine.transact({ operations: [same] }))[0]!.effect, "none");
    assert.equal((await provenances("Observation/own")).length, 1);
  });

  it("says of a create whose condition matched what it showed, not that it created", async () => {
    await acts();
    await put("Patient", "known", { identifier: [{ system: "urn:x", value: "1" }] });
    const ifNoneExist = { keys: ["identifier=urn:x|1"], onMatch: "use" } as const;
    const operation: Operation = { action: "create", kind: "Patient", body: {}, ifNoneExist };
    assert.equal(problemOf(await mine.transact({ operations: [operation] })).code, "write-refused");
    await acts();
    await put("Relationship", "known", caringFor(doctor.reference, "known"));
    assert.equal(expectOk(await as(doctor).transact({ operations: [operation] }))[0]!.version.id, "known");
    assert.deepEqual((await acts()).map(short), [
      { act: "read", outcome: 0, patients: ["Patient/known"], entities: ["Patient/known/_history/1"] },
    ]);
    assert.deepEqual(await provenances("Patient/known"), []);
  });

  it("says of a deletion whom it concerned", async () => {
    await put("Observation", "wrong", observation("oneill", 5));
    const permissions = expectOk(parseScope("system/*.cruds"));
    const script: Actor = { ...doctor, reference: "ApiToken/1", via: "token", roles: [], permissions };
    await acts();
    expectOk(await as(script).transact({ operations: [{ action: "delete", kind: "Observation", id: "wrong" }] }));
    assert.deepEqual((await acts()).map(short), [
      { act: "delete", outcome: 0, patients: ["Patient/oneill"], entities: ["Observation/wrong/_history/2"] },
    ]);
    assert.equal((await provenances("Observation/wrong"))[0].activity.coding[0].code, "DELETE");
  });

  it("is refused whole for one operation that is not allowed, and that is in the log", async () => {
    await acts();
    const clerks = as(clerk);
    const problem = problemOf(
      await clerks.transact({
        operations: [
          { action: "create", kind: "Patient", id: "half", body: {} },
          { action: "create", kind: "Observation", id: "half", body: observation("osei", 1) },
        ],
      }),
    );
    assert.deepEqual([problem.category, problem.where], ["forbidden", "operation[1]"]);
    assert.equal(problemOf(await record.read("Patient", "half")).category, "not-found");
    assert.deepEqual((await acts()).map(short), [
      {
        act: "create",
        outcome: 4,
        problem: "kind-forbidden",
        patients: ["Patient/half", "Patient/osei"],
        entities: ["Patient/half", "Observation/half"],
      },
    ]);
  });

  it("that fails is in the log with its reason", async () => {
    await acts();
    const stale: Operation = {
      action: "update",
      kind: "Observation",
      id: "na",
      ifMatch: 9,
      body: observation("oneill", 1),
    };
    assert.equal(problemOf(await mine.transact({ operations: [stale] })).code, "version-conflict");
    const [act] = await acts();
    assert.deepEqual([act?.act, act?.outcome, act?.problem], ["update", 4, "version-conflict"]);
  });

  it("of a condition needs leave to search, because a match answers with a document", async () => {
    const writer: Actor = { ...doctor, permissions: expectOk(parseScope("system/Patient.c")) };
    const ifNoneExist = { keys: ["identifier=urn:x|1"], onMatch: "use" } as const;
    const result = await as(writer).transact({
      operations: [{ action: "create", kind: "Patient", body: {}, ifNoneExist }],
    });
    assert.equal(problemOf(result).code, "kind-forbidden");
    expectOk(await as(writer).transact({ operations: [{ action: "create", kind: "Patient", body: {} }] }));
  });

  it("leaves several entries for a transaction of very many", async () => {
    await acts();
    const operations = Array.from({ length: 501 }, () => create(observation("osei", 9)));
    expectOk(await mine.transact({ operations }));
    assert.deepEqual(
      (await acts()).map(({ act, entities }) => [act, entities.length]),
      [
        ["create", 500],
        ["create", 1],
      ],
    );
  });
});
