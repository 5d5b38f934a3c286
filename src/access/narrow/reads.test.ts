/** The record as one actor may see it. DESIGN.md, invariants 5 and 6. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openAuditLog } from "#audit";
import { countingIds, expectOk, type Result } from "#kernel";
import { blobOf, type Key } from "#record";
import {
  administrator,
  clerk,
  doctor,
  freshWard,
  governance,
  person,
  problemOf,
  searching,
  short,
} from "../../../test/narrowed-ward.ts";
import { displayName, sisterKelly } from "../../../test/ward/index.ts";
import { type Actor, linkActor, workerActor } from "../actor.ts";
import { narrow } from "../narrow.ts";
import { parseScope } from "../scope.ts";

describe("reading through a narrowed record", async () => {
  const { as, acts, store } = await freshWard();
  const mine = as(doctor);

  it("shows a document, and leaves who, whose, what, why and from where", async () => {
    const version = expectOk(await mine.read("Observation", "hb"));
    assert.equal(JSON.parse(version.body).valueQuantity.value, 120);
    const [act, ...others] = await acts();
    assert.equal(others.length, 0);
    assert.deepEqual(act, {
      at: Date.parse("2026-03-02T09:00:00Z"),
      act: "read",
      agent: {
        reference: "User/lindqvist",
        display: "Dr Ingrid Lindqvist",
        roles: ["doctor"],
        purpose: "TREAT",
        via: "session",
        address: "10.0.0.7",
      },
      outcome: 0,
      patients: ["Patient/osei"],
      entities: ["Observation/hb/_history/1"],
    });
  });

  type Call = readonly [what: string, call: () => Promise<Result<unknown>>, act: object];
  const ofOsei = { is: "key", any: ["patient=Patient/osei"] } as const;
  const calls: readonly Call[] = [
    [
      "a document that is not there",
      () => mine.read("Patient", "nobody"),
      { act: "read", outcome: 4, problem: "not-found", patients: ["Patient/nobody"], entities: ["Patient/nobody"] },
    ],
    [
      "several documents",
      () =>
        mine.readMany([
          { kind: "Observation", id: "hb" },
          { kind: "Patient", id: "gone" },
        ]),
      {
        act: "read",
        outcome: 0,
        patients: ["Patient/osei", "Patient/gone"],
        entities: ["Observation/hb/_history/1", "Patient/gone"],
      },
    ],
    [
      "an old version",
      () => mine.readVersion("Observation", "hb", 1),
      { act: "read-version", outcome: 0, patients: ["Patient/osei"], entities: ["Observation/hb/_history/1"] },
    ],
    [
      "the history of a document",
      () => mine.history({ kind: "Patient", id: "osei", limit: 5 }),
      {
        act: "history",
        outcome: 0,
        patients: ["Patient/osei"],
        entities: ["Patient/osei"],
        query: "Patient/osei/_history",
      },
    ],
    [
      "a search that names its patient",
      () => mine.search(searching("Observation", ofOsei)),
      {
        act: "search",
        outcome: 0,
        patients: ["Patient/osei"],
        entities: ["Observation"],
        query: "Observation?patient=Patient/osei",
      },
    ],
    [
      "a search that names none: whom it showed",
      () => mine.search(searching("Observation", { is: "key", any: ["code=718-7"] })),
      {
        act: "search",
        outcome: 0,
        patients: ["Patient/oneill", "Patient/osei"],
        entities: ["Observation"],
        query: "Observation?code=718-7",
      },
    ],
    [
      "a search by name, without the name",
      () => mine.search(searching("Patient", { is: "text", parameter: "name", match: "prefix", any: ["osei"] })),
      { act: "search", outcome: 0, patients: ["Patient/osei"], entities: ["Patient"], query: "Patient?name=*" },
    ],
    [
      "a count",
      () => mine.count(searching("Observation", ofOsei)),
      {
        act: "count",
        outcome: 0,
        patients: ["Patient/osei"],
        entities: ["Observation"],
        query: "Observation?patient=Patient/osei",
      },
    ],
  ];
  for (const [what, call, expected] of calls) {
    it(`leaves one entry for ${what}`, async () => {
      await acts();
      await call();
      assert.deepEqual((await acts()).map(short), [expected]);
    });
  }

  it("answers only once the log says that it did", async () => {
    const loggedWhenAnswered = Array.from({ length: 40 }, async (_, index) => {
      await mine.read("Observation", `absent-${index}`);
      return (await store.audit.search({ all: [[`entity=Observation/absent-${index}`]], limit: 2 })).length;
    });
    assert.deepEqual(new Set(await Promise.all(loggedWhenAnswered)), new Set([1]));
  });
});

describe("what an actor may not read", async () => {
  const { as, acts, put, store, record, clock } = await freshWard();
  await put("User", "u1", {
    username: "kelly",
    display: displayName(sisterKelly),
    roles: ["nurse"],
    active: true,
    failedAttempts: 0,
    passwordHash: "$argon2id$secret",
    sessionsFrom: "2026-03-02T09:00:00.000Z",
  });
  const theirs = as(clerk);

  const calls: readonly (readonly [what: string, act: string, call: () => Promise<Result<unknown>>])[] = [
    ["a read", "read", () => theirs.read("Observation", "hb")],
    ["a version read", "read-version", () => theirs.readVersion("Observation", "hb", 1)],
    ["a search", "search", () => theirs.search(searching("Observation"))],
    ["a count", "count", () => theirs.count(searching("Observation"))],
    ["a history of one", "history", () => theirs.history({ kind: "Observation", id: "hb", limit: 5 })],
    ["a history of all", "history", () => theirs.history({ kind: "Observation", limit: 5 })],
  ];
  for (const [what, act, call] of calls) {
    it(`is refused to ${what}, and that is in the log`, async () => {
      await acts();
      const problem = problemOf(await call());
      assert.deepEqual([problem.category, problem.code], ["forbidden", "kind-forbidden"]);
      assert.match(problem.message, /^Your roles do not allow .* Observation documents\.$/);
      assert.deepEqual(
        (await acts()).map((entry) => [entry.act, entry.outcome, entry.problem]),
        [[act, 4, "kind-forbidden"]],
      );
    });
  }

  it("is not found among others", async () => {
    await acts();
    const keys: readonly Key[] = [
      { kind: "Patient", id: "osei" },
      { kind: "Observation", id: "hb" },
      { kind: "User", id: "u1" },
    ];
    const found = expectOk(await theirs.readMany(keys));
    assert.deepEqual(
      found.map((version) => version.kind),
      ["Patient"],
    );
    assert.deepEqual((await acts()).map(short), [
      { act: "read", outcome: 4, problem: "kind-forbidden", patients: [], entities: ["Observation/hb", "User/u1"] },
      { act: "read", outcome: 0, patients: ["Patient/osei"], entities: ["Patient/osei/_history/1"] },
    ]);
  });

  it("is left out of the history of everything", async () => {
    const page = expectOk(await theirs.history({ limit: 100 }));
    assert.deepEqual(new Set(page.versions.map((version) => version.kind)), new Set(["Patient"]));
  });

  it("is, for everybody, every account: no role and no scope reads one", async () => {
    const script: Actor = { ...doctor, via: "token", permissions: expectOk(parseScope("system/*.cruds")) };
    for (const actor of [doctor, administrator, governance, script, linkActor("lab"), workerActor("views")]) {
      const narrowed = as(actor);
      assert.equal(problemOf(await narrowed.read("User", "u1")).code, "kind-forbidden");
      assert.equal(problemOf(await narrowed.search(searching("User"))).code, "kind-forbidden");
      assert.deepEqual(expectOk(await narrowed.readMany([{ kind: "User", id: "u1" }])), []);
      const everything = await narrowed.history({ limit: 100 });
      assert.ok(!JSON.stringify(everything).includes("argon2id"));
      const changes = await narrowed.changes(0, 100);
      assert.ok(!JSON.stringify(changes).includes("argon2id"));
    }
  });

  it("is not answered at all when the log cannot be written", async () => {
    const broken: typeof record = {
      ...record,
      transact: async () => ({
        ok: false,
        problems: [{ category: "unavailable", code: "not-stored", message: "The record could not be written." }],
      }),
    };
    const auditLog = openAuditLog(store.audit);
    const unlogged = narrow({ record: broken, auditLog, actor: doctor, clock, ids: countingIds("x") });
    assert.equal(problemOf(await unlogged.read("Observation", "hb")).code, "not-stored");
    assert.equal(problemOf(await unlogged.search(searching("Observation"))).code, "not-stored");
    assert.equal(problemOf(await unlogged.changes(0, 10)).code, "not-stored");
  });
});

describe("a blob through a narrowed record", async () => {
  const { as, acts, put, record } = await freshWard();
  const raw = blobOf(Buffer.from("MSH|^~\\&|LAB"));
  const message = { link: "lab", patientReference: "Patient/osei", raw: { hash: raw.hash } };
  const links = as(linkActor("lab"));
  expectOk(
    await links.transact({
      operations: [{ action: "create", kind: "LinkMessage", id: "m1", body: message }],
      blobs: [raw],
    }),
  );

  it("is read after a document that names it, as that document's", async () => {
    const mine = as(person("plm", "Ms Hana Sato", "pathology-links-manager"));
    expectOk(await mine.read("LinkMessage", "m1"));
    await acts();
    assert.equal(Buffer.from(expectOk(await mine.readBlob(raw.hash))).toString(), "MSH|^~\\&|LAB");
    assert.deepEqual((await acts()).map(short), [
      {
        act: "read",
        outcome: 0,
        patients: ["Patient/osei"],
        entities: [`Blob/${raw.hash}`, "LinkMessage/m1/_history/1"],
      },
    ]);
  });

  it("is not found once very much else was shown since", async () => {
    const mine = as(person("plm", "Ms Hana Sato", "pathology-links-manager"));
    expectOk(await mine.read("LinkMessage", "m1"));
    const text = "x".repeat(9 * 1024 * 1024);
    for (const id of ["large", "larger"]) await put("LinkMessage", id, { text });
    expectOk(await mine.read("LinkMessage", "large"));
    expectOk(await mine.readBlob(raw.hash));
    expectOk(await mine.read("LinkMessage", "larger"));
    assert.equal(problemOf(await mine.readBlob(raw.hash)).category, "not-found");
  });

  it("is not found otherwise, even by whoever knows its hash", async () => {
    await acts();
    const mine = as(doctor);
    expectOk(await mine.read("Observation", "hb"));
    assert.equal(problemOf(await mine.readBlob(raw.hash)).category, "not-found");
    assert.equal((await acts()).at(-1)?.problem, "not-found");
    expectOk(await record.readBlob(raw.hash));
  });
});
