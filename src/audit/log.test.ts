/** The audit log as documents of kind AuditEvent. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { expectOk, type Instant, instant, toIso } from "#kernel";
import type { Clause, Query } from "#record";
import { freshRecord } from "../../test/record.ts";
import { auditEntry, type OwnBody } from "./entry.ts";
import { openAuditLog } from "./log.ts";

const start = Date.UTC(2026, 2, 2, 9);

describe("the audit log", async () => {
  const { record, store } = await freshRecord({ kinds: [] });
  const log = openAuditLog(store.audit);
  const append = async (at: Instant, who: string, act: OwnBody["act"], patient: string) => {
    const agent = { reference: `User/${who}`, display: who, roles: [], purpose: "TREAT", via: "session" };
    const entities = ["Observation/hb/_history/2"];
    const entry = auditEntry({ at, act, agent, outcome: 0, patients: [`Patient/${patient}`], entities });
    expectOk(await record.transact({ operations: [], audit: [entry] }));
  };
  await append(instant(start), "lindqvist", "read", "osei");
  await append(instant(start + 1000), "lindqvist", "update", "osei");
  await append(instant(start + 2000), "kelly", "read", "osei");
  await append(instant(start + 3000), "kelly", "search", "oneill");

  const query = (all: readonly Clause[], extra: Partial<Query> = {}): Query => ({
    kind: "AuditEvent",
    all,
    sort: { by: "updated", descending: true },
    limit: 10,
    ...extra,
  });
  const ids = async (...all: Clause[]) => expectOk(await log.search(query(all))).versions.map((version) => version.id);
  const key = (...any: string[]): Clause => ({ is: "key", any });

  const searches: readonly (readonly [string, readonly Clause[], readonly string[]])[] = [
    ["everything, newest first", [], ["4", "3", "2", "1"]],
    ["a patient", [key("patient=Patient/osei")], ["3", "2", "1"]],
    ["an agent", [key("agent=User/kelly")], ["4", "3"]],
    ["a patient and an agent", [key("patient=Patient/osei"), key("agent=User/kelly")], ["3"]],
    ["one of several agents", [key("agent=User/kelly", "agent=User/lindqvist")], ["4", "3", "2", "1"]],
    ["an action, with or without its system", [key("action=http://hl7.org/fhir/audit-event-action|U")], ["2"]],
    ["a document, whatever its version", [key("entity=Observation/hb")], ["4", "3", "2", "1"]],
    ["a patient as what was looked at", [key("entity=Patient/oneill")], ["4"]],
    ["an outcome", [key("outcome=4")], []],
    ["ids", [{ is: "id", any: ["2", "9", "x", "2"] }], ["2"]],
    ["from a time on", [{ is: "date", parameter: "date", any: [{ fromMinMs: start + 2000 }] }], ["4", "3"]],
    ["up to a time", [{ is: "date", parameter: "date", any: [{ toMaxMs: start + 1001 }] }], ["2", "1"]],
    ["a moment", [{ is: "date", parameter: "date", any: [{ fromMinMs: start, toMaxMs: start + 1 }] }], ["1"]],
    ["when it was written", [{ is: "updated", any: [{ minMs: start + 1000, maxMs: start + 2000 }] }], ["3", "2"]],
    ["nothing", [{ is: "never" }], []],
  ];
  for (const [what, clauses, found] of searches) {
    it(`is searched by ${what}`, async () => assert.deepEqual(await ids(...clauses), found));
  }

  it("gives its pages without repeats or gaps while more is written", async () => {
    const first = expectOk(await log.search(query([], { limit: 3 })));
    await append(instant(start + 4000), "kelly", "read", "oneill");
    const second = expectOk(await log.search(query([], { limit: 3, after: first.next! })));
    assert.deepEqual(
      [first, second].map((page) => page.versions.map((version) => version.id)),
      [["4", "3", "2"], ["1"]],
    );
    assert.equal(second.next, undefined);
  });

  it("refuses a search that it cannot answer rather than passing it over", async () => {
    const cannot: readonly Clause[] = [
      key("site=here"),
      { is: "text", parameter: "agent-name", match: "prefix", any: ["k"] },
      { is: "date", parameter: "date", any: [{ fromMinMs: 1 }, { fromMinMs: 2 }] },
    ];
    for (const clause of cannot) {
      const result = await log.search(query([clause]));
      assert.ok(!result.ok && result.problems[0].code === "audit-search", JSON.stringify(clause));
    }
  });

  it("is searched by the type of an event too, whose subtypes stand for it", async () => {
    assert.equal((await ids(key("type=http://terminology.hl7.org/CodeSystem/audit-event-type|rest"))).length, 5);
    assert.deepEqual(await ids(key("type=110114")), []);
  });

  it("is read by place, in one version", async () => {
    const { body, version, at } = expectOk(await log.read("2"));
    const event = JSON.parse(body);
    assert.deepEqual([event.id, event.action, version], ["2", "U", 1]);
    const { versionId, lastUpdated } = event.meta;
    assert.deepEqual([versionId, lastUpdated], ["1", toIso(at)]);
    for (const id of ["99", "0", "02", "abc"]) {
      const missing = await log.read(id);
      assert.ok(!missing.ok && missing.problems[0].category === "not-found", id);
    }
  });

  it("takes an AuditEvent of an application, sealed with the rest and found by what it says", async () => {
    const resource = {
      resourceType: "AuditEvent",
      type: { system: "http://dicom.nema.org/resources/ontology/DCM", code: "110106", display: "Export" },
      action: "R",
      recorded: "2026-03-02T08:00:00Z",
      agent: [{ who: { reference: "Device/viewer" }, requestor: true }],
      source: { observer: { reference: "Device/viewer" } },
      entity: [{ what: { reference: "Patient/mueller" } }],
    };
    const agent = { reference: "ApiToken/1", display: "Viewer", roles: [], purpose: "HOPERAT", via: "token" };
    const posted = expectOk(log.posted({ at: instant(start + 5000), agent, id: "app-1", resource }));
    expectOk(await record.transact({ operations: [], audit: [posted.entry] }));
    const { body, id } = expectOk(await log.read("app-1"));
    assert.equal(id, "app-1");
    assert.equal(body, posted.version.body);
    const { meta: _meta, ...event } = JSON.parse(body);
    assert.deepEqual(event, { ...resource, id: "app-1" });
    assert.deepEqual(await ids(key("patient=Patient/mueller")), ["app-1"]);
    assert.deepEqual(await ids(key("agent=Device/viewer")), ["app-1"]);
    const bySequence = await log.read("6");
    assert.ok(!bySequence.ok, "it has one id");
  });

  it("refuses an AuditEvent that is not sound", () => {
    const agent = { reference: "ApiToken/1", display: "Viewer", roles: [], purpose: "HOPERAT", via: "token" };
    const posted = log.posted({ at: instant(start), agent, id: "app-2", resource: { action: "X" } });
    assert.ok(!posted.ok);
    assert.ok(posted.problems.some((problem) => problem.where?.startsWith("AuditEvent.")));
  });
});
