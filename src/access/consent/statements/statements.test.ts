import assert from "node:assert/strict";
import { test } from "node:test";
import { expectOk, type HttpReply, instant } from "#kernel";
import { aRequest, freshAccess } from "../../../../test/access.ts";
import { aConsent, concept, role } from "../../../../test/builders/consent.ts";
import { aCarer, aCareTeam } from "../../../../test/builders/relationship.ts";
import { person } from "../../../../test/narrowed-ward.ts";
import type { ConsentChoice, ConsentEffectView, ConsentsView } from "../../consent-api.ts";
import { consentOf } from "./consent-of.ts";
import { consentRoutes } from "./consent-routes.ts";
import { sentencesOf } from "./sentences.ts";

const now = instant(Date.parse("2026-03-02T09:00:00Z"));
const deny = { type: "deny" };

test("a Consent is told in plain sentences", () => {
  const out = { policyRule: concept("http://terminology.hl7.org/CodeSystem/v3-ActCode", "OPTOUT") };
  const hiv = { code: [concept("http://loinc.org", "7917-8")] };
  const cases = [
    [{ provision: { ...deny, actor: [role("nurse")] } }, ["Whoever is Nurse may not see anything of the record."]],
    [
      { provision: { ...deny, period: { end: "2026-12-31" }, ...hiv } },
      ["Nobody may see what has the code 7917-8 until 2026-12-31."],
    ],
    [
      { ...out, provision: { actor: [role("doctor"), role("nurse")] } },
      [
        "Nobody may see this record, but for what follows.",
        "Whoever is Doctor or Nurse may see anything of the record.",
      ],
    ],
    [
      { provision: { ...deny, provision: [{ type: "permit", actor: [role("doctor")] }] } },
      ["Nobody may see anything of the record.", "Except: Whoever is Doctor may see anything of the record."],
    ],
  ] as const;
  for (const [given, expected] of cases) assert.deepEqual(sentencesOf(aConsent(given)), expected);
});

test("what is chosen on the page is told back as it was chosen", () => {
  const choice: ConsentChoice = { decision: "deny", roles: ["nurse"], subject: "results", until: "2026-06-30" };
  assert.deepEqual(sentencesOf(consentOf(choice, "Patient/osei", now)), [
    "Whoever is Nurse may not see results until 2026-06-30.",
  ]);
});

test("on the chart a Consent is tried, recorded and taken back", async () => {
  const { access, record } = await freshAccess();
  const put = (kind: string, id: string, body: object) =>
    record.transact({ operations: [{ action: "update", kind, id, body: { resourceType: kind, ...body } }] });
  const carers = [
    { action: "update", kind: "User", id: "l", body: aCarer("l", "doctor") },
    { action: "update", kind: "User", id: "n", body: aCarer("n", "nurse") },
    { action: "update", kind: "CareTeam", id: "team", body: aCareTeam("osei", "l", "n") },
  ] as const;
  expectOk(await record.transact({ operations: carers }));
  expectOk(await put("Patient", "osei", {}));
  expectOk(
    await put("Observation", "hb", { status: "final", code: { text: "Hb" }, subject: { reference: "Patient/osei" } }),
  );
  const ask = async <T>(method: string, path: string, parts: object = {}) => {
    const route = consentRoutes.find((each) => each.method === method && each.path.endsWith(path));
    const request = aRequest(method, path, { params: { id: "osei" }, ...parts });
    const reply: HttpReply = expectOk(await route!.handle(request, access.contextOf(person("l", "Dr L", "doctor"))));
    return JSON.parse(String(reply.body)) as T;
  };
  const json = { decision: "deny", roles: ["nurse"], subject: "results" };
  assert.deepEqual(await ask<ConsentEffectView[]>("POST", "/preview", { json }), [
    { role: "Nurse", closed: [{ kind: "Observation", count: 1, of: 1 }] },
  ]);
  const nurse = () => access.contextOf(person("n", "Nurse N", "nurse")).record.read("Observation", "hb");
  assert.ok((await nurse()).ok, "it was only tried");
  const { statements } = await ask<ConsentsView>("POST", "/consents", { json });
  assert.deepEqual(statements[0]?.sentences, ["Whoever is Nurse may not see results."]);
  assert.ok(!(await nurse()).ok);
  const consent = statements[0]?.id ?? "";
  const after = await ask<ConsentsView>("POST", "/end", { params: { id: "osei", consent } });
  assert.equal(after.statements[0]?.status, "inactive");
  assert.ok((await nurse()).ok);
});
