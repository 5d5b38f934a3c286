/** Whether somebody may see a document, and which rule decides: asked over the route. Issue 5, lines 3 to 6. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { renderAuditEvent } from "#audit";
import { expectOk, type JsonObject } from "#kernel";
import { type AuditEvent, checkResource } from "#standards/fhir";
import { aRequest, freshAccess } from "../../../test/access.ts";
import { aConsent, role } from "../../../test/builders/consent.ts";
import { aCarer, caringFor } from "../../../test/builders/relationship.ts";
import { type Actor, checkRoutePolicy, personActor } from "../actor.ts";
import type { ExplanationView, PolicyTableView } from "../api.ts";

const officer = personActor({ reference: "User/amadi", display: "Ruth Amadi", roles: ["information-governance"] });
const gp = personActor({ reference: "User/gp", display: "gp", roles: ["doctor"] });
const sealed: JsonObject = {
  security: [{ system: "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", code: "V" }],
};
const result = (patient: string): JsonObject => ({
  status: "final",
  code: { text: "Haemoglobin" },
  subject: { reference: `Patient/${patient}` },
});
const cared = { generalPractitioner: [{ reference: "Practitioner/gp" }] };
const documents: readonly (readonly [kind: string, id: string, body: JsonObject])[] = [
  ["User", "gp", aCarer("gp", "doctor")],
  ["User", "glass", aCarer("glass", "doctor")],
  ["User", "clerk", aCarer("clerk", "administrative-assistant")],
  ["User", "gone", { ...aCarer("gone", "doctor"), active: false }],
  ["Patient", "near", cared],
  ["Patient", "far", {}],
  ["Patient", "quiet", cared],
  ["Observation", "open", result("near")],
  ["Observation", "shut", { ...result("near"), meta: sealed }],
  ["Observation", "far", result("far")],
  ["Observation", "quiet", result("quiet")],
  ["Relationship", "glass-near", { ...caringFor("User/glass", "near"), basis: "break-glass" }],
  [
    "Consent",
    "no",
    aConsent({ patient: { reference: "Patient/quiet" }, provision: { type: "deny", actor: [role("doctor")] } }),
  ],
];

async function freshOffice() {
  const { access, record, store } = await freshAccess();
  const operations = documents.map(([kind, id, body]) => ({ action: "update", kind, id, body }) as const);
  expectOk(await record.transact({ operations }));
  const call = async (actor: Actor, path: string, parts: Parameters<typeof aRequest>[2] = {}) => {
    const method = parts.json === undefined ? "GET" : "POST";
    const route = access.routes.find((each) => each.method === method && each.path === `/api/access/${path}`)!;
    const allowed = checkRoutePolicy(route.policy, actor);
    return allowed.ok ? route.handle(aRequest(method, route.path, parts), access.contextOf(actor)) : allowed;
  };
  const ask = (username: string, action: string, document: string) =>
    call(officer, "explanation", { query: new URLSearchParams({ username, action, document }) });
  const told = async (...asked: Parameters<typeof ask>) =>
    JSON.parse(String(expectOk(await ask(...asked)).body)) as ExplanationView;
  const events = async () =>
    (await store.audit.scan(0, 1_000)).map((entry) => renderAuditEvent(entry) as unknown as AuditEvent & JsonObject);
  return { access, call, ask, told, events };
}

describe("why somebody may see a document, or not", async () => {
  const { access, call, ask, told, events } = await freshOffice();

  const cases = [
    ["gp", "read", "Observation/open", true, "policy"],
    ["gp", "search", "Patient/near", true, "policy"],
    ["gp", "read", "Observation/far", false, "legitimate relationship"],
    ["gp", "history", "Observation/shut", false, "sealed and restricted items"],
    ["gp", "read", "Observation/quiet", false, "what the patient said"],
    ["glass", "read", "Observation/shut", true, "policy"],
    ["clerk", "read", "Observation/open", false, "policy"],
    ["clerk", "read", "Patient/far", true, "policy"],
    ["gone", "read", "Observation/open", false, "account"],
  ] as const;
  for (const [username, action, document, allowed, decidedBy] of cases) {
    it(`${username} ${allowed ? "may" : "may not"} ${action} ${document}: ${decidedBy}`, async () => {
      const answer = await told(username, action, document);
      assert.deepEqual([answer.allowed, answer.decidedBy], [allowed, decidedBy]);
      if (username === "gone" || action !== "read") return;
      const actor = personActor({ reference: `User/${username}`, display: "", roles: rolesOf(username) });
      const [kind = "", id = ""] = document.split("/");
      const read = await access.contextOf(actor).record.read(kind, id);
      assert.equal(read.ok, allowed, "the record itself says otherwise");
    });
  }

  it("names the document that a relationship, a label or a denial rests on", async () => {
    const grounds = async (...asked: Parameters<typeof told>) =>
      (await told(...asked)).steps.flatMap(({ reasons }) => reasons.flatMap(({ by }) => by ?? []));
    assert.deepEqual(await grounds("gp", "read", "Observation/open"), ["Patient/near"]);
    assert.deepEqual(await grounds("glass", "read", "Observation/shut"), [
      "Relationship/glass-near",
      "Observation/shut",
    ]);
    assert.deepEqual(await grounds("gp", "read", "Observation/quiet"), ["Patient/quiet", "Consent/no"]);
  });

  it("is asked for by those alone who may, and stands in the log of the patient", async () => {
    assert.equal((await call(gp, "explanation")).ok, false);
    assert.equal((await ask("nobody", "read", "Patient/near")).ok, false);
    await told("gp", "read", "Observation/open");
    const last = (await events()).at(-1)!;
    assert.deepEqual(
      last.entity?.map(({ what }) => what?.reference),
      ["Patient/near", "Observation/open", undefined],
    );
    assert.equal(last.agent.at(-1)?.name, "Ruth Amadi");
  });

  it("comes with the table of all policies, as the record applies it", async () => {
    const { roles, actions } = JSON.parse(
      String(expectOk(await call(officer, "policy-table")).body),
    ) as PolicyTableView;
    const reach = (name: string, kind: string) =>
      roles.find((each) => each.name === name)?.rows.find(({ kinds }) => kinds.includes(kind))?.reach[
        actions.indexOf("read")
      ];
    assert.equal(reach("doctor", "Observation"), "cared-for");
    assert.equal(reach("administrative-assistant", "Patient"), "all");
    assert.equal(reach("administrative-assistant", "Observation"), undefined);
    assert.equal(reach("doctor", "Organization"), "all");
  });
});

function rolesOf(username: string) {
  return username === "clerk" ? (["administrative-assistant"] as const) : (["doctor"] as const);
}

describe("a broken glass", async () => {
  const { access, call, events } = await freshOffice();

  it("is an AuditEvent of an emergency override, with purpose BTG and the reason in the person's words", async () => {
    const json = { patient: "far", reason: { code: "emergency", text: "Unconscious in resus, no history known" } };
    expectOk(await call(gp, "break-glass", { json }));
    const event = (await events()).find(({ subtype }) => subtype?.[0]?.code === "110127")!;
    const btg = {
      coding: [{ system: "http://terminology.hl7.org/CodeSystem/v3-ActReason", code: "BTG" }],
      text: "Unconscious in resus, no history known",
    };
    assert.deepEqual(event.purposeOfEvent as unknown, [btg]);
    assert.deepEqual(event.agent.find(({ requestor }) => requestor)?.purposeOfUse as unknown, [btg]);
    assert.deepEqual(event.entity?.[0]?.what as unknown, { reference: "Patient/far" });
    assert.deepEqual([event.type.code, event.action, event.outcome], ["110113", "E", "0"]);
    assert.deepEqual(checkResource(event), []);
    const any = ["subtype=http://dicom.nema.org/resources/ontology/DCM|110127"];
    const found = await access.contextOf(officer).record.search({
      kind: "AuditEvent",
      all: [
        { is: "key", any },
        { is: "key", any: ["patient=Patient/far"] },
      ],
      sort: { by: "updated", descending: true },
      limit: 2,
    });
    assert.deepEqual(
      expectOk(found).versions.map(({ id }) => id),
      [event.id],
    );
  });
});
