/** Where somebody lives whose address is restricted is told to nobody but who keeps addresses. Issue 5, line 4. */
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { type Actor, linkActor, parseScope, personActor } from "#access";
import { linkMessageDefinition } from "#departments/clinical";
import { expectOk, type JsonObject } from "#kernel";
import type { BlobHash } from "#record";
import { freshAccess } from "../access.ts";
import { aLinkMessage } from "../builders/link-message.ts";
import { aCarer, aCareTeam } from "../builders/relationship.ts";
import { type FhirDoor, fhirDoor } from "../doors/fhir.ts";

const label = { system: "urn:corridor:label", code: "restricted-address" };

const where: JsonObject = {
  text: { status: "generated", div: '<div xmlns="http://www.w3.org/1999/xhtml">Cloaked Lane 1</div>' },
  address: [{ line: ["Cloaked Lane 1"], city: "Secretham", postalCode: "ZZ1 1ZZ" }],
  telecom: [{ system: "phone", value: "0700 900111" }],
  contact: [{ name: { family: "Cloaked" }, address: { city: "Secretham" } }],
  generalPractitioner: [{ reference: "Practitioner/secret-gp" }],
  extension: [
    { url: "http://hl7.org/fhir/StructureDefinition/patient-birthPlace", valueAddress: { city: "Secretham" } },
    { url: "urn:plain", valueString: "plain" },
  ],
};

/** What gives it away, wherever it stands in an answer. */
const secrets = /Cloaked|Secretham|ZZ1 1ZZ|0700 900111|secret-gp/i;

const marked = { meta: { security: [label] } };
const person = (id: string): JsonObject => ({ name: [{ family: `Family-${id}` }], birthDate: "1970-01-01" });

const doctor = personActor({ reference: "User/doctor", display: "Dr Lindqvist", roles: ["doctor"] });
const clerk = personActor({ reference: "User/clerk", display: "Mr Reyes", roles: ["administrative-assistant"] });
const manager = personActor({ reference: "User/links", display: "Ms Ito", roles: ["pathology-links-manager"] });
const token: Actor = {
  ...personActor({ reference: "ApiToken/1", display: "token", roles: [] }),
  via: "token",
  permissions: expectOk(parseScope("system/*.cruds")),
};

let parts: Awaited<ReturnType<typeof freshAccess>>;
const doors = new Map<Actor, FhirDoor>();

function doorOf(actor: Actor): FhirDoor {
  const door = doors.get(actor) ?? fhirDoor(parts.access.contextOf(actor));
  doors.set(actor, door);
  return door;
}

before(async () => {
  parts = await freshAccess({ kinds: [linkMessageDefinition] });
  const put = (kind: string, id: string, body: JsonObject) => ({ action: "update", kind, id, body }) as const;
  const ofHidden = { patient: { reference: "Patient/hidden" } };
  const { operation, blob } = aLinkMessage({
    id: "m1",
    text: "MSH|^~\\&|LAB|X|||20260302||ADT^A31|m1|P|2.4\rPID|1||7||Family^A||||||Cloaked Lane 1\r",
    fields: { patientReference: "Patient/hidden" },
  });
  const operations = [
    put("User", "doctor", aCarer("doctor", "doctor")),
    put("Practitioner", "secret-gp", { name: [{ family: "Secret" }] }),
    // The first version was not restricted yet.
    put("Patient", "hidden", { ...person("hidden"), ...where }),
    put("Patient", "open", { ...person("open"), ...where }),
    put("RelatedPerson", "kin", { ...ofHidden, telecom: [{ value: "0700 900111" }], name: [{ family: "Kin" }] }),
    put("Observation", "o1", { status: "final", code: { text: "x" }, subject: { reference: "Patient/hidden" } }),
    ...["hidden", "open"].map((id) => put("CareTeam", `team-${id}`, aCareTeam(id, "doctor"))),
    operation,
  ];
  expectOk(await parts.record.transact({ operations, blobs: [blob] }));
  const again = put("Patient", "hidden", { ...person("hidden"), ...where, ...marked });
  expectOk(await parts.record.transact({ operations: [again] }));
});

const shownBy: readonly string[] = [
  "GET /Patient/hidden",
  "GET /Patient/hidden/_history/1",
  "GET /Patient/hidden/_history/2",
  "GET /Patient/hidden/_history",
  "GET /Patient/_history?_count=50",
  "GET /_history?_count=200",
  "GET /Patient?_id=hidden&_include=Patient:general-practitioner",
  "GET /Patient?family=family-hidden",
  "GET /Observation?_id=o1&_include=Observation:subject",
  "GET /Patient/hidden/$everything",
  "GET /RelatedPerson/kin",
  "GET /RelatedPerson?patient=Patient/hidden",
  "GET /RelatedPerson/kin/_history/1",
  `GET /$graphql?query=${encodeURIComponent("{Patient(id:hidden){address{city},telecom{value},name{family}}}")}`,
];

/** Without the other patient, whose address is open, and without the history of the practice. */
function ofTheHidden(json: JsonObject, line: string): JsonObject {
  if (!Array.isArray(json.entry)) return json;
  const isAside = ({ id }: JsonObject) => id === "open" || (id === "secret-gp" && line.startsWith("GET /_history"));
  return { ...json, entry: json.entry.filter(({ resource }) => resource === undefined || !isAside(resource)) };
}

/** Each is a question whose answer, were there one, would say where the patient is. */
const guesses: readonly string[] = [
  "Patient?address=Cloaked",
  "Patient?address-city=Secretham",
  "Patient?address-city:exact=Secretham",
  "Patient?address-postalcode=ZZ1 1ZZ&family=family-hidden",
  "Patient?telecom=0700 900111",
  "Patient?phone=0700 900111",
  "Patient?general-practitioner=Practitioner/secret-gp",
  "Patient?general-practitioner.name=Secret",
  "Patient?address:missing=false",
  "Patient?phone:not=1&family=family-hidden",
  "Patient?_content=Secretham",
  "Patient?_text=Cloaked",
  "Patient?_sort=address-city",
  "Observation?patient.address=Cloaked",
  "Observation?subject:Patient.phone=0700 900111",
  "Practitioner?_has:Patient:general-practitioner:family=family-hidden",
  "RelatedPerson?telecom=0700 900111",
  "Patient?_has:RelatedPerson:patient:telecom=0700 900111",
];

describe("a restricted address", () => {
  for (const [name, actor] of [
    ["a doctor of the patient", doctor],
    ["a token", token],
  ] as const) {
    it(`is told to ${name} on no path`, async () => {
      for (const line of shownBy) {
        const { status, json } = await doorOf(actor).send(line);
        assert.equal(status, 200, line);
        assert.doesNotMatch(JSON.stringify(ofTheHidden(json, line)), secrets, line);
      }
    });

    it(`is found by no search of ${name}`, async () => {
      for (const guess of guesses) {
        const { status, text } = await doorOf(actor).send(`GET /${guess}`);
        assert.equal(status, 200, `${guess}: ${text}`);
        assert.doesNotMatch(text, /"id":"(hidden|kin|o1)"/, guess);
        const isOfPractitioner = guess.startsWith("Practitioner");
        if (isOfPractitioner) assert.doesNotMatch(text, /"id":"secret-gp"/, guess);
      }
    });
  }

  it("is in no history of many, though those of others are", async () => {
    const { json } = await doorOf(doctor).send("GET /Patient/_history?_count=50");
    const entries = (json.entry as readonly JsonObject[]).map(({ resource }) => resource as JsonObject);
    assert.equal(entries.length, 3);
    for (const { id, address } of entries) assert.equal(address === undefined, id === "hidden");
  });

  it("leaves the rest to be seen, and says that something is left out", async () => {
    const { json } = await doorOf(doctor).send("GET /Patient/hidden");
    assert.equal(json.birthDate, "1970-01-01");
    assert.deepEqual(json.extension, [{ url: "urn:plain", valueString: "plain" }]);
    assert.equal(((json.meta as JsonObject).tag as readonly JsonObject[])[0]?.code, "SUBSETTED");
    const all = await doorOf(doctor).send("GET /Patient?address=Cloaked");
    assert.match(all.text, /"id":"open"/);
  });

  it("is shown to who keeps addresses, and to links, who find by it", async () => {
    for (const actor of [clerk, linkActor("lab")]) {
      assert.match((await doorOf(actor).send("GET /Patient/hidden")).text, secrets);
      assert.match((await doorOf(actor).send("GET /Patient?address=Cloaked")).text, /"id":"hidden"/);
    }
    for (const guess of guesses) {
      const { text } = await doorOf(linkActor("lab")).send(`GET /${guess}`);
      assert.match(text, /"id":"(hidden|kin|o1|secret-gp)"/, guess);
    }
  });

  it("stays as it is when somebody changes the rest who is not shown it, and stays restricted", async () => {
    const door = doorOf(doctor);
    const { json } = await door.send("GET /Patient/hidden");
    const { meta, ...rest } = json;
    const changed = await door.send("PUT /Patient/hidden", { body: { ...rest, gender: "female" } });
    assert.equal(changed.status, 200);
    assert.doesNotMatch(changed.text, secrets);
    const patched = await door.send("PATCH /Patient/hidden", {
      headers: { "content-type": "application/json-patch+json" },
      body: JSON.stringify([{ op: "replace", path: "/gender", value: "male" }]),
    });
    assert.equal(patched.status, 200, patched.text);
    const standing = (await doorOf(clerk).send("GET /Patient/hidden")).json;
    const { text: _, ...kept } = where;
    for (const [name, value] of Object.entries(kept)) {
      const inAnyOrder = (each: unknown) =>
        Array.isArray(each) ? each.map((one) => JSON.stringify(one)).sort() : each;
      assert.deepEqual(inAnyOrder(standing[name]), inAnyOrder(value), name);
    }
    assert.equal(standing.gender, "male");
    assert.deepEqual((standing.meta as JsonObject).security, [label]);
    assert.equal((standing.meta as JsonObject).tag, undefined);
  });

  it("is not changed, nor asked for by a condition, by who is not shown it", async () => {
    const door = doorOf(doctor);
    const { json } = await door.send("GET /Patient/hidden");
    const moved = await door.send("PUT /Patient/hidden", { body: { ...json, address: [{ city: "Elsewhere" }] } });
    assert.equal(moved.status, 403);
    assert.match(moved.text, /address-restricted/);
    const body = { resourceType: "Patient", ...person("another") };
    const asked = await door.send("POST /Patient", { body, headers: { "if-none-exist": "telecom=0700 900111" } });
    assert.doesNotMatch(asked.text, /hidden/);
    assert.equal(asked.status, 403, asked.text);
  });

  it("is not in the message that brought it", async () => {
    const { record } = parts.access.contextOf(manager);
    const { body } = expectOk(await record.read("LinkMessage", "m1"));
    const { hash } = (JSON.parse(body) as { raw: { hash: BlobHash } }).raw;
    const bytes = await record.readBlob(hash);
    assert.equal(bytes.ok ? "told" : bytes.problems[0].code, "address-restricted");
    const link = parts.access.contextOf(linkActor("lab")).record;
    expectOk(await link.read("LinkMessage", "m1"));
    assert.match(Buffer.from(expectOk(await link.readBlob(hash))).toString(), secrets);
  });
});
