import assert from "node:assert/strict";
import { before, test } from "node:test";
import { type OwnBody, readBody } from "#audit";
import { expectOk, instant, type JsonObject, limits } from "#kernel";
import { exportOrder, exportType, type Operation } from "#record";
import { freshAccess } from "../../../test/access.ts";
import { aConsent, coding, concept, role } from "../../../test/builders/consent.ts";
import { aCarer, aCareTeam, caringFor } from "../../../test/builders/relationship.ts";
import { type FhirDoor, fhirDoor } from "../../../test/doors/fhir.ts";
import { person } from "../../../test/narrowed-ward.ts";
import type { Actor } from "../actor.ts";
import { parseScope } from "../scope.ts";

const hidden = ["Patient/osei", "Observation/hb", "Observation/hiv", "Binary/scan", "DocumentReference/letter"];
const subject = { reference: "Patient/osei" };
const other = { reference: "Patient/oneill" };
const performer = [{ reference: "Practitioner/adeyemi" }];

const ward: readonly JsonObject[] = [
  { resourceType: "Practitioner", id: "adeyemi", name: [{ family: "Adeyemi" }] },
  { resourceType: "Patient", id: "osei", name: [{ family: "Osei" }], birthDate: "1957-03-14" },
  { resourceType: "Patient", id: "oneill", name: [{ family: "O'Neill" }], birthDate: "1990-01-01" },
  observation("hb", { subject, performer }),
  {
    ...observation("hiv", { subject }),
    meta: { security: [coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "HIV")] },
  },
  observation("na", { subject: other, derivedFrom: [{ reference: "Observation/hb" }] }),
  { resourceType: "Binary", id: "scan", contentType: "text/plain", data: "aGVsbG8=", securityContext: subject },
  {
    resourceType: "DocumentReference",
    id: "letter",
    status: "current",
    subject,
    content: [{ attachment: { url: "Binary/scan" } }],
  },
];

function observation(id: string, given: JsonObject): JsonObject {
  return { resourceType: "Observation", id, status: "final", code: concept("http://loinc.org", "718-7"), ...given };
}

const doctor = person("lindqvist", "Dr Ingrid Lindqvist", "doctor");
const nurse = person("lamb", "Nurse Lamb", "nurse");
const application: Actor = {
  ...person("app", "App"),
  via: "token",
  permissions: expectOk(parseScope("system/*.cruds")),
};

let parts: Awaited<ReturnType<typeof freshAccess>>;
const doorOf = (actor: Actor): FhirDoor => fhirDoor(parts.access.contextOf(actor));

before(async () => {
  parts = await freshAccess();
  const carers = ["lindqvist", "lamb"];
  const operations: Operation[] = [
    { action: "update", kind: "User", id: "lindqvist", body: aCarer("lindqvist", "doctor") },
    { action: "update", kind: "User", id: "lamb", body: aCarer("lamb", "nurse") },
    ...["osei", "oneill"].map(
      (id): Operation => ({ action: "update", kind: "CareTeam", id, body: aCareTeam(id, ...carers) }),
    ),
  ];
  expectOk(await parts.record.transact({ operations }));
  for (const body of ward) {
    const put = await doorOf(application).send(`PUT /${body.resourceType}/${body.id}`, { body });
    assert.equal(put.status, 201, put.text);
  }
});

async function say(given: JsonObject, id = "said"): Promise<void> {
  const put = await doorOf(doctor).send(`PUT /Consent/${id}`, { body: aConsent({ id, ...given }) });
  assert.ok(put.status < 300, put.text);
}

const denyNurses = { provision: { type: "deny", actor: [role("nurse")] } };

/** What was told of Mrs Osei's record. */
async function told(line: string, actor = nurse): Promise<readonly string[]> {
  const reply = await doorOf(actor).send(line, { headers: { accept: "application/fhir+json" } });
  const isFound = reply.status === 200;
  return hidden.filter((name) => {
    const [kind, id] = name.split("/");
    return isFound && new RegExp(`"resourceType":"${kind}","id":"${id}"|/${kind}/${id}"`).test(reply.text);
  });
}

const paths = [
  "GET /Patient/osei",
  "GET /Observation/hb",
  "GET /Observation/hb/_history/1",
  "GET /Observation/hb/_history",
  "GET /Observation/_history",
  "GET /_history",
  "GET /Patient",
  "GET /Patient?name=osei",
  "GET /Patient?_id=osei",
  "GET /Patient?identifier:missing=true",
  "GET /Observation?patient=osei",
  "GET /Observation?subject.name=osei",
  "GET /Observation?subject.birthdate=1957-03-14",
  "GET /Patient?_has:Observation:patient:code=718-7",
  "GET /Patient?_revinclude=Observation:patient",
  "GET /Observation?_include=Observation:subject",
  "GET /DocumentReference?_include=DocumentReference:subject",
  "GET /Patient/osei/Observation",
  "GET /Patient/osei/*",
  "GET /Patient/osei/$everything",
  "GET /?_type=Patient,Observation",
  "GET /Binary/scan",
  "GET /Patient/osei/$graphql?query={name{family}}",
];

test("before she says anything a nurse sees what is hers on each path", async () => {
  for (const line of paths) {
    if (line.includes("identifier:missing") || line.includes("graphql")) continue;
    assert.ok((await told(line)).length > 0, line);
  }
});

test("a role that she denies finds nothing of hers on any path, and another role all of it", async () => {
  await say(denyNurses);
  for (const line of paths) {
    assert.deepEqual(await told(line), [], line);
    if (!line.includes("graphql")) assert.ok((await told(line, doctor)).length > 0, `${line} for a doctor`);
  }
});

test("what is denied is not counted, not sorted by, and cannot be guessed through what refers to it", async () => {
  const totalOf = async (line: string, actor: Actor) => (await doorOf(actor).send(line)).json.total;
  const cases = [
    ["GET /Observation?_summary=count", 1, 3],
    ["GET /Observation?code=718-7&_total=accurate", 1, 3],
    ["GET /Patient?birthdate=lt1960&_summary=count", 0, 1],
    ["GET /Practitioner?_has:Observation:performer:code=718-7&_summary=count", 0, 1],
    ["GET /Observation?derived-from.code=718-7&_summary=count", 0, 1],
    ["GET /Observation?derived-from:Observation.subject.name=osei&_summary=count", 0, 1],
    ["GET /Patient?_has:Observation:patient:_has:Observation:derived-from:code=718-7&_summary=count", 0, 1],
  ] as const;
  for (const [line, forNurse, forDoctor] of cases) {
    assert.equal(await totalOf(line, nurse), forNurse, line);
    assert.equal(await totalOf(line, doctor), forDoctor, `${line} for a doctor`);
  }
});

test("an export leaves it out", async () => {
  const exported = async (actor: Actor) => {
    const { record, clock } = parts.access.contextOf(actor);
    const order = expectOk(
      exportOrder({
        of: "patients",
        types: ["Patient,Observation,DocumentReference"],
        since: undefined,
        typeFilters: [],
        elements: [],
        now: clock.now(),
      }),
    );
    const lines: string[] = [];
    const needs = { record, position: await record.position(), now: clock.now() };
    for (const type of order.types) {
      const sink = {
        isOver: () => false,
        write: async (more: readonly string[]) => ({ ok: true, value: void lines.push(...more) }) as const,
      };
      expectOk(await exportType(type, { order, members: "every patient", needs }, sink));
    }
    return hidden.filter((name) => lines.some((line) => line.includes(`"id":"${name.split("/")[1]}"`)));
  };
  assert.deepEqual(await exported(nurse), []);
  assert.ok((await exported(doctor)).includes("Observation/hb"));
});

async function entries(): Promise<readonly OwnBody[]> {
  const all = await parts.store.audit.scan(0, 5_000);
  return all.map(({ body }) => readBody(body) as OwnBody);
}

test("the log says which Consent decided, beside what was asked for", async () => {
  await doorOf(nurse).send("GET /Observation/hb");
  await doorOf(nurse).send("GET /Observation?patient=osei");
  const decisions = (await entries()).filter(({ act }) => act === "consent-decision");
  const [searched, read] = decisions.reverse();
  assert.deepEqual(
    [read?.outcome, read?.patients, read?.entities, read?.agent.reference],
    [4, ["Patient/osei"], ["Consent/said", "Observation/hb"], "User/lamb"],
  );
  assert.deepEqual([searched?.outcome, searched?.entities], [4, ["Consent/said", "Observation"]]);
});

test("what she takes back counts at once, and so does what she says of a part", async () => {
  await say({ ...denyNurses, status: "inactive" });
  assert.deepEqual(await told("GET /Observation/hb"), ["Observation/hb"]);
  const hiv = [coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "HIV")];
  await say({ provision: { type: "deny", securityLabel: hiv } });
  assert.deepEqual(await told("GET /Observation?patient=osei"), ["Observation/hb"]);
  assert.deepEqual(await told("GET /Patient/osei"), ["Patient/osei"]);
  await say({ provision: { type: "deny", period: { end: "2026-03-01" } } });
  assert.deepEqual(await told("GET /Observation/hiv"), ["Observation/hiv"], "it was until yesterday");
});

test("a broken glass opens what she closed for treatment alone, and the log says whose Consent was overridden", async () => {
  await say(denyNurses);
  assert.deepEqual(await told("GET /Observation/hb"), []);
  const body = { ...caringFor("User/lamb", "osei"), basis: "break-glass" };
  expectOk(
    await parts.record.transact({ operations: [{ action: "create", kind: "Relationship", id: "glass", body }] }),
  );
  parts.clock.advance(limits.relationshipsHeldMs);
  const before = (await entries()).length;
  assert.deepEqual(await told("GET /Observation/hb"), ["Observation/hb"]);
  assert.deepEqual(await told("GET /Observation?subject=Patient/osei&code=718-7"), [
    "Observation/hb",
    "Observation/hiv",
  ]);
  const made = (await entries()).slice(before);
  assert.deepEqual([...new Set(made.map(({ agent }) => agent.purpose))], ["BTG"]);
  const overridden = made.filter(({ act }) => act === "consent-decision");
  assert.deepEqual(
    overridden.map(({ outcome, problem, patients, entities }) => [outcome, problem, patients, entities[0]]),
    [
      [0, "consent-overridden", ["Patient/osei"], "Consent/said"],
      [0, "consent-overridden", ["Patient/osei"], "Consent/said"],
    ],
  );
  assert.deepEqual(await told("GET /Observation/hb", { ...nurse, purpose: "HOPERAT" }), []);
  expectOk(await parts.record.transact({ operations: [{ action: "delete", kind: "Relationship", id: "glass" }] }));
  parts.clock.advance(limits.relationshipsHeldMs);
});

test("a rule begins and ends at its time", async () => {
  await say({ provision: { type: "deny", period: { start: "2026-03-03", end: "2026-03-03" } } });
  assert.deepEqual(await told("GET /Observation/hb"), ["Observation/hb"]);
  parts.clock.advance(Date.parse("2026-03-03T08:00:00Z") - parts.clock.now());
  assert.deepEqual(await told("GET /Observation/hb"), []);
  parts.clock.advance(86_400_000);
  assert.deepEqual(await told("GET /Observation/hb"), ["Observation/hb"]);
  parts.clock.advance(instant(Date.parse("2026-03-02T09:00:00Z")) - parts.clock.now());
});

test("what is denied to be disclosed is seen at Corridor's own pages, and by no application", async () => {
  const disclose = [coding("http://terminology.hl7.org/CodeSystem/consentaction", "disclose")];
  await say({ provision: { type: "deny", action: [{ coding: disclose }] } });
  assert.deepEqual(await told("GET /Observation/hb"), ["Observation/hb"]);
  assert.deepEqual(await told("GET /Observation/hb", { ...nurse, via: "token" }), []);
});

test("another process takes a new Consent into account, and a Consent replaces an older one only where it says so", async () => {
  await say({ ...denyNurses, dateTime: "2026-03-01T10:00:00Z" });
  const process = parts.anotherProcess();
  const seen = async () => (await fhirDoor(process.contextOf(nurse)).send("GET /Observation/hb")).status;
  assert.equal(await seen(), 404);
  const permit = { provision: { type: "permit" }, dateTime: "2026-03-02T10:00:00Z" };
  await say(permit, "newer");
  assert.equal(await seen(), 404);
  const replaces = "http://hl7.org/fhir/StructureDefinition/replaces";
  await say({ ...permit, extension: [{ url: replaces, valueUri: "Consent/said" }] }, "newer");
  assert.equal(await seen(), 200);
  assert.equal((await doorOf(nurse).send("GET /Observation/hb")).status, 200);
});
