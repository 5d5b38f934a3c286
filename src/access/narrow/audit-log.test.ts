/** The record as one actor may see it. DESIGN.md, invariants 5 and 6. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { expectOk } from "#kernel";
import {
  administrator,
  doctor,
  freshWard,
  governance,
  observation,
  problemOf,
  searching,
} from "../../../test/narrowed-ward.ts";
import type { Actor } from "../actor.ts";
import { parseScope } from "../scope.ts";

describe("the audit log through a narrowed record", async () => {
  const { as, acts, store } = await freshWard();
  expectOk(await as(doctor).read("Observation", "hb"));
  const theirs = as(governance);

  it("is searched and read like any kind, by those who may, and that too is in the log", async () => {
    const ofOsei = { is: "key", any: ["patient=Patient/osei"] } as const;
    const [event] = expectOk(await theirs.search(searching("AuditEvent", ofOsei))).versions;
    assert.equal(JSON.parse(event!.body).agent[2].name, "Dr Ingrid Lindqvist");
    assert.equal(expectOk(await theirs.read("AuditEvent", event!.id)).body, event!.body);
    assert.equal(expectOk(await theirs.readVersion("AuditEvent", event!.id, 1)).body, event!.body);
    assert.equal(problemOf(await theirs.readVersion("AuditEvent", event!.id, 2)).category, "not-found");
    assert.equal(expectOk(await theirs.readMany([{ kind: "AuditEvent", id: event!.id }])).length, 1);
    assert.equal(expectOk(await theirs.history({ kind: "AuditEvent", limit: 2 })).versions.length, 2);
    const agents = (await acts()).map((act) => act.agent.reference);
    assert.deepEqual(agents, ["User/lindqvist", ...Array.from({ length: 6 }, () => "User/ig")]);
  });

  it("is closed to those who may not", async () => {
    assert.equal(problemOf(await as(doctor).search(searching("AuditEvent"))).code, "kind-forbidden");
    assert.equal(problemOf(await as(administrator).read("AuditEvent", "1")).code, "kind-forbidden");
  });

  it("takes what an application posts, among other writes, and never a change", async () => {
    const script: Actor = { ...doctor, via: "token", permissions: expectOk(parseScope("system/*.cruds")) };
    const event = {
      type: { code: "110106" },
      recorded: "2026-03-02T08:00:00Z",
      agent: [{ requestor: true }],
      source: { observer: { display: "Viewer" } },
    };
    const outcomes = expectOk(
      await as(script).transact({
        operations: [
          { action: "create", kind: "AuditEvent", body: event },
          { action: "create", kind: "Observation", id: "beside", body: observation("osei", 1) },
        ],
      }),
    );
    assert.deepEqual(
      outcomes.map(({ effect, version }) => [effect, version.kind]),
      [
        ["created", "AuditEvent"],
        ["created", "Observation"],
      ],
    );
    const posted = outcomes[0]!.version;
    assert.equal(expectOk(await theirs.read("AuditEvent", posted.id)).body, posted.body);
    for (const operation of [
      { action: "update", kind: "AuditEvent", id: posted.id, body: event },
      { action: "delete", kind: "AuditEvent", id: "1" },
      { action: "create", kind: "AuditEvent", id: "mine", body: event },
    ] as const) {
      assert.equal(problemOf(await as(script).transact({ operations: [operation] })).code, "audit-append-only");
    }
    const unsound = await as(script).transact({ operations: [{ action: "create", kind: "AuditEvent", body: {} }] });
    assert.equal(problemOf(unsound).category, "incorrect");
    assert.ok((await store.audit.scan(0, 1000)).length > 0);
  });
});
