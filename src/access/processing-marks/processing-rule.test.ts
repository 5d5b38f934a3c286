/** A restricted record is kept and used for care alone; whoever objects is not used for research or planning. Issue 5, line 7. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { expectOk, type JsonObject, ok } from "#kernel";
import { freshAccess } from "../../../test/access.ts";
import { aCarer, aCareTeam } from "../../../test/builders/relationship.ts";
import { fhirDoor } from "../../../test/doors/fhir.ts";
import { type Actor, linkActor, personActor } from "../actor.ts";
import { governingActor } from "../governing.ts";
import { parseScope } from "../scope.ts";
import { markSystem } from "./processing-mark.ts";

const person = (role: Parameters<typeof personActor>[0]["roles"][number]) =>
  personActor({ reference: `User/${role}`, display: role, roles: [role] });
const token = (purpose: Actor["purpose"]): Actor => ({
  ...personActor({ reference: "ApiToken/1", display: "script", roles: [] }),
  via: "token",
  purpose,
  permissions: expectOk(parseScope("system/*.cruds")),
});

let parts: Awaited<ReturnType<typeof freshAccess>>;
let access: ReturnType<typeof parts.anotherProcess>;

const put = (kind: string, id: string, body: JsonObject) => ({ action: "update", kind, id, body }) as const;

before(async () => {
  parts = await freshAccess();
  // Nobody has opted out.
  access = parts.anotherProcess({ optOuts: { name: "opt-outs", clauses: async () => ok([]) } });
  const ids = ["restricted", "objecting", "plain"];
  const operations = [
    put("User", "doctor", aCarer("doctor", "doctor")),
    ...ids.flatMap((id) => [
      put("Patient", id, { name: [{ family: id }] }),
      put("CareTeam", `team-${id}`, aCareTeam(id, "doctor")),
      put("Observation", `c-${id}`, { status: "final", subject: { reference: `Patient/${id}` }, code: { text: "Hb" } }),
    ]),
    mark("restriction", "restricted"),
    mark("objection", "objecting"),
  ];
  expectOk(await parts.record.transact({ operations }));
});

function mark(code: string, patient: string, stands = true) {
  return put("Flag", `flag-${patient}`, {
    ...(stands ? { meta: { tag: [{ system: markSystem, code }] } } : {}),
    status: stands ? "active" : "inactive",
    code: { coding: [{ system: markSystem, code }] },
    subject: { reference: `Patient/${patient}` },
  });
}

async function told(actor: Actor): Promise<readonly string[]> {
  const { json, text } = await fhirDoor(access.contextOf(actor)).send("GET /Observation?_sort=_id");
  assert.ok(json.resourceType === "Bundle", text);
  const entries = (json.entry ?? []) as readonly { readonly resource: { readonly id: string } }[];
  return entries.map(({ resource }) => resource.id.slice(2)).sort();
}

const all = ["objecting", "plain", "restricted"];

for (const [name, actor, seen] of [
  ["a doctor of theirs", person("doctor"), all],
  ["who keeps the links", person("pathology-links-manager"), all],
  ["a link", linkActor("lab"), all],
  ["who answers the person", governingActor(person("information-governance")), all],
  ["who codes", person("clinical-coding-and-auditing"), ["objecting", "plain"]],
  ["a script that runs the hospital", token("HOPERAT"), ["objecting", "plain"]],
  ["a script for research", token("HRESCH"), ["plain"]],
  ["a script for planning", token("PERFMSR"), ["plain"]],
] as const) {
  test(`${name} finds the results of: ${seen.join(", ")}`, async () => {
    assert.deepEqual(await told(actor), seen);
  });
}

test("a record that is no longer restricted is found again, and until then not read by its id", async () => {
  const coder = person("clinical-coding-and-auditing");
  const read = async () => (await fhirDoor(access.contextOf(coder)).send("GET /Observation/c-restricted")).status;
  assert.equal(await read(), 404);
  const lifting = access.contextOf(governingActor(person("information-governance"))).record;
  expectOk(await lifting.transact({ operations: [mark("restriction", "restricted", false)] }));
  assert.equal(await read(), 200);
});
