/**
 * Whatever the conditions are, what the narrowed record shows is what a plain reading of all documents says. The reading here is
 * of the JSON alone and knows nothing of the index. DESIGN.md, invariant 5.
 */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { openAuditLog } from "#audit";
import { countingIds, expectOk, limits, ok, type Result } from "#kernel";
import { type Clause, fhirKinds, type Operation } from "#record";
import { freshRecord } from "../../../test/record.ts";
import { type Actor, personActor } from "../actor.ts";
import { narrow } from "../narrow.ts";
import type { VisibilityRule } from "./visibility.ts";

const genders = ["male", "female", "other"];
const codes = ["a", "b", "c"];
const statuses = ["final", "amended"];
const seals = ["N", "R", "V"];
const confidentiality = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";

interface Somebody {
  readonly id: string;
  readonly gender: string;
}

interface Measured {
  readonly id: string;
  readonly code: string;
  readonly status: string;
  readonly seal: string;
  readonly patient?: Somebody;
}

const at = <T>(values: readonly T[], place: number): T => values[place % values.length] as T;
const people: readonly Somebody[] = Array.from({ length: 7 }, (_, n) => ({ id: `p${n}`, gender: at(genders, n) }));
const measured: readonly Measured[] = Array.from({ length: 40 }, (_, n) => ({
  id: `o${n}`,
  code: at(codes, n),
  status: at(statuses, n >> 1),
  seal: at(seals, (n * 5) >> 2),
  ...(n % 9 === 0 ? {} : { patient: at(people, n >> 1) }),
}));

/** A condition as the record takes it, and what it means. */
interface Meaning<T> {
  readonly clause: Clause;
  readonly holds: (document: T) => boolean;
}

type Tree<T> = fc.Arbitrary<Meaning<T>>;

function oneOf<T>(values: readonly string[], key: (value: string) => string, read: (document: T) => string): Tree<T> {
  return fc.subarray([...values], { minLength: 1 }).map((chosen) => ({
    clause: { is: "key", any: chosen.map(key) },
    holds: (document) => chosen.includes(read(document)),
  }));
}

/** What is made of others by and, or, not. */
function composed<T>(leaf: Tree<T>): Tree<T> {
  return fc.letrec<{ tree: Meaning<T> }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      leaf,
      fc.constant<Meaning<T>>({ clause: { is: "never" }, holds: () => false }),
      tie("tree").map(
        ({ clause, holds }): Meaning<T> => ({
          clause: { is: "not", of: clause },
          holds: (document) => !holds(document),
        }),
      ),
      fc
        .tuple(fc.constantFrom("all" as const, "any" as const), fc.array(tie("tree"), { minLength: 1, maxLength: 3 }))
        .map(
          ([is, of]): Meaning<T> => ({
            clause: { is, of: of.map(({ clause }) => clause) },
            holds: (document) =>
              is === "all" ? of.every(({ holds }) => holds(document)) : of.some(({ holds }) => holds(document)),
          }),
        ),
    ),
  })).tree;
}

const ofPeople = composed<Somebody>(
  fc.oneof(
    oneOf<Somebody>(
      genders,
      (gender) => `gender=${gender}`,
      ({ gender }) => gender,
    ),
    fc
      .subarray(
        people.map(({ id }) => id),
        { minLength: 1 },
      )
      .map((any) => ({
        clause: { is: "id", any } as const,
        holds: ({ id }: Somebody) => any.includes(id),
      })),
  ),
);

function throughPatient({ clause, holds }: Meaning<Somebody>): Meaning<Measured> {
  return {
    clause: { is: "refers", to: "Patient", parameters: ["patient"], all: [clause] },
    holds: ({ patient }) => patient !== undefined && holds(patient),
  };
}

const ofMeasured = composed<Measured>(
  fc.oneof(
    oneOf<Measured>(
      codes,
      (code) => `code=urn:c|${code}`,
      ({ code }) => code,
    ),
    oneOf<Measured>(
      statuses,
      (status) => `status=${status}`,
      ({ status }) => status,
    ),
    oneOf<Measured>(
      seals,
      (seal) => `_security=${confidentiality}|${seal}`,
      ({ seal }) => seal,
    ),
    ofPeople.map(throughPatient),
  ),
);

function hospital(): readonly Operation[] {
  return [
    ...people.map(({ id, gender }): Operation => ({ action: "update", kind: "Patient", id, body: { gender } })),
    ...measured.map(
      ({ id, code, status, seal, patient }): Operation => ({
        action: "update",
        kind: "Observation",
        id,
        body: {
          meta: { security: [{ system: confidentiality, code: seal }] },
          status,
          code: { coding: [{ system: "urn:c", code }] },
          ...(patient === undefined ? {} : { subject: { reference: `Patient/${patient.id}` } }),
        },
      }),
    ),
  ];
}

const everything = ["read", "search", "history"].flatMap((act) => [`Observation.${act}`, `Patient.${act}`]);

function readerWith(...without: readonly string[]): Actor {
  const permissions = new Set(everything.filter((each) => !without.includes(each)));
  return { ...personActor({ reference: "User/r", display: "R", roles: ["doctor"] }), permissions };
}

const idsOf = (result: Result<{ readonly versions: readonly { readonly id: string }[] }>) =>
  expectOk(result)
    .versions.map(({ id }) => id)
    .sort();

describe("a record that is narrowed by any conditions", async () => {
  const { record, store, clock } = await freshRecord({ kinds: fhirKinds });
  expectOk(await record.transact({ operations: hospital() }));
  const auditLog = openAuditLog(store.audit);
  const keys = measured.map(({ id }) => ({ kind: "Observation", id }));
  const sort = { by: "updated", descending: true } as const;

  it("shows by search, count, read and history what a plain reading of all documents says", async () => {
    await fc.assert(
      fc.asyncProperty(ofMeasured, ofPeople, ofPeople, async (seen, seenPeople, chained) => {
        const rule: VisibilityRule = {
          name: "any",
          clauses: async ({ kind }) => ok([kind === "Patient" ? seenPeople.clause : seen.clause]),
        };
        const mine = narrow({ record, auditLog, actor: readerWith(), clock, ids: countingIds("n"), rules: [rule] });
        const shown = measured
          .filter(seen.holds)
          .map(({ id }) => id)
          .sort();
        assert.deepEqual(
          expectOk(await mine.readMany(keys))
            .map(({ id }) => id)
            .sort(),
          shown,
        );
        assert.deepEqual(idsOf(await mine.history({ kind: "Observation", limit: limits.pageSizeMax })), shown);
        const query = { kind: "Observation", all: [throughPatient(chained).clause], sort, limit: 50 } as const;
        // A chain that is asked for passes only patients who are seen.
        const both = throughPatient({ ...chained, holds: (one) => chained.holds(one) && seenPeople.holds(one) });
        const expected = measured
          .filter((one) => seen.holds(one) && both.holds(one))
          .map(({ id }) => id)
          .sort();
        assert.deepEqual(idsOf(await mine.search(query)), expected);
        assert.equal(expectOk(await mine.count(query)), expected.length);
      }),
      { numRuns: 20 },
    );
  });

  it("shows nothing by an action that is not granted, whatever the conditions", async () => {
    const open: VisibilityRule = { name: "none", clauses: async () => ok([]) };
    const needs = { record, auditLog, clock, ids: countingIds("m"), rules: [open] };
    const blind = narrow({
      ...needs,
      actor: readerWith("Observation.read", "Observation.search", "Observation.history"),
    });
    assert.deepEqual(expectOk(await blind.readMany(keys)), []);
    assert.equal((await blind.search({ kind: "Observation", all: [], sort, limit: 5 })).ok, false);
    assert.equal((await blind.history({ kind: "Observation", limit: 5 })).ok, false);
  });
});
