/** Searches of several types, and of compartments. FHIR R4 §3.1.1.2 (search contexts). */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { JsonObject } from "#kernel";
import { anybody, fhirDoor, origin, type Received } from "../../../../test/doors/fhir.ts";
import { anActor, contextOf } from "../../../../test/handler-context.ts";
import { freshRecord } from "../../../../test/record.ts";
import { fhirKinds } from "../kinds.ts";

const opened = await freshRecord({ kinds: fhirKinds });
const door = fhirDoor(contextOf(opened, anybody));
const base = `${origin}/fhir`;

const named = ({ json }: Received) =>
  ((json.entry ?? []) as unknown as { resource: JsonObject }[]).map(
    ({ resource }) => `${resource.resourceType}/${resource.id}`,
  );
const linkOf = ({ json }: Received, relation: string) =>
  (json.link as { relation: string; url: string }[]).find((link) => link.relation === relation)?.url;
const put = async (resource: JsonObject) => {
  const { status, text } = await door.send(`PUT /${resource.resourceType}/${resource.id}`, { body: resource });
  assert.ok(status < 300, text);
};
const of = (patient: string) => ({ subject: { reference: `Patient/${patient}` } });

for (const id of ["osei", "oneill"]) await put({ resourceType: "Patient", id });
await put({ resourceType: "Encounter", id: "stay", status: "in-progress", class: { code: "IMP" }, ...of("osei") });
const inStay = { ...of("osei"), encounter: { reference: "Encounter/stay" } };
await put({ resourceType: "Observation", id: "hb", status: "final", code: { text: "Hb" }, ...inStay });
await put({ resourceType: "Condition", id: "anaemia", ...inStay });
await put({ resourceType: "Observation", id: "other", status: "final", code: { text: "Hb" }, ...of("oneill") });
await put({
  resourceType: "Observation",
  id: "reported",
  status: "final",
  code: { text: "Pain" },
  ...of("oneill"),
  performer: [{ reference: "Patient/osei" }],
});

describe("a search of several types", () => {
  it("is told by _type, newest first", async () => {
    assert.deepEqual(named(await door.send("GET /?_type=Patient,Condition")), [
      "Condition/anaemia",
      "Patient/oneill",
      "Patient/osei",
    ]);
  });

  it("goes through all types where none are named", async () => {
    assert.deepEqual(named(await door.send("GET /?_id=hb,osei")), ["Observation/hb", "Patient/osei"]);
  });

  it("may come as a form", async () => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const reply = await door.send("POST /_search", { headers, body: "_type=Patient,Observation&_id=hb,osei" });
    assert.deepEqual(named(reply), ["Observation/hb", "Patient/osei"]);
  });

  it("comes in pages that neither repeat nor miss, both ways round", async () => {
    for (const sort of ["_lastUpdated", "-_lastUpdated"]) {
      const whole = named(await door.send(`GET /?_type=Patient,Observation,Condition,Encounter&_sort=${sort}`));
      const seen: string[] = [];
      let line: string | undefined = `GET /?_type=Patient,Observation,Condition,Encounter&_sort=${sort}&_count=2`;
      let last = line;
      while (line !== undefined) {
        last = line;
        const reply: Received = await door.send(line);
        seen.push(...named(reply));
        const next = linkOf(reply, "next");
        line = next && `GET /${next.slice(base.length)}`;
      }
      assert.deepEqual([seen, seen.length], [whole, 7]);
      const back: string[] = [];
      for (let before: string | undefined = last; before !== undefined; ) {
        const reply: Received = await door.send(before);
        back.unshift(...named(reply));
        before = linkOf(reply, "previous")?.replace(base, "GET /");
      }
      assert.deepEqual(back, whole);
    }
  });

  it("is counted", async () => {
    assert.equal((await door.send("GET /?_type=Patient,Observation&_summary=count")).json.total, 5);
  });

  const wrong = [
    ["GET /?_type=Patient,Hat", 400],
    ["GET /?_type=Patient,AuditEvent", 400],
    ["GET /?_type=Patient,Observation&birthdate=1957", 400],
    ["GET /?_type=Observation,Condition&_sort=date", 400],
  ] as const;
  for (const [line, status] of wrong) {
    it(`${line} is ${status}`, async () => assert.equal((await door.send(line)).status, status));
  }

  it("leaves out, for a lenient caller, what one of the types does not know", async () => {
    const headers = { prefer: "handling=lenient" };
    const reply = await door.send("GET /?_type=Observation,Patient&_id=hb&birthdate=1957", { headers });
    assert.deepEqual(named(reply).slice(0, 1), ["Observation/hb"]);
    assert.equal(linkOf(reply, "self"), `${base}?_id=hb&_type=Observation%2CPatient`);
  });

  it("passes over types the caller may not search, unless they are named", async () => {
    const clerk = fhirDoor(contextOf(opened, { ...anActor(), permissions: new Set(["Patient.search"]) }));
    assert.deepEqual(named(await clerk.send("GET /?_id=hb,osei")), ["Patient/osei"]);
    assert.equal((await clerk.send("GET /?_type=Patient,Observation")).status, 403);
  });
});

describe("many of one type beside few of another", async () => {
  const entry = Array.from({ length: 120 }, (_, at) => ({
    request: { method: "PUT", url: `Location/l${at}` },
    resource: { resourceType: at % 40 === 3 ? "HealthcareService" : "Location", id: `l${at}` },
  }));
  for (const each of entry) each.request.url = `${each.resource.resourceType}/${each.resource.id}`;
  await door.send("POST /", { body: { resourceType: "Bundle", type: "transaction", entry } });
  const search = "GET /?_type=Location,HealthcareService,Medication,Substance,Slot";

  it("come whole and in order, whatever the page", async () => {
    const [newest, oldest] = [named(await door.send(`${search}&_count=200`)), await oldestFirst()];
    assert.equal(newest.length, 120);
    assert.deepEqual(oldest, [...newest].reverse());
    const seen: string[] = [];
    for (let line: string | undefined = `${search}&_count=50`; line !== undefined; ) {
      const reply: Received = await door.send(line);
      seen.push(...named(reply));
      line = linkOf(reply, "next")?.replace(base, "GET /");
    }
    assert.deepEqual(seen, newest);
  });

  const oldestFirst = async () => named(await door.send(`${search}&_count=200&_sort=_lastUpdated`));
});

describe("a compartment", () => {
  const found: readonly (readonly [address: string, ...found: string[]])[] = [
    ["Patient/osei/Observation", "Observation/reported", "Observation/hb"],
    ["Patient/osei/Condition", "Condition/anaemia"],
    ["Patient/osei/Immunization"],
    ["Patient/osei/*?_type=Condition,Encounter", "Condition/anaemia", "Encounter/stay"],
    ["Encounter/stay/Observation", "Observation/hb"],
    ["Encounter/stay/*", "Condition/anaemia", "Observation/hb"],
  ];
  for (const [address, ...expected] of found) {
    it(`${address}: ${expected.join(", ") || "nothing"}`, async () => {
      const reply = await door.send(`GET /${address}`);
      assert.deepEqual(named(reply), expected);
    });
  }

  it("holds all that is about the patient, by its star", async () => {
    const all = named(await door.send("GET /Patient/osei/*"));
    assert.deepEqual(
      all.filter((name) => !name.startsWith("Provenance/")),
      ["Observation/reported", "Condition/anaemia", "Observation/hb", "Encounter/stay"],
    );
  });

  it("is searched by a form", async () => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const reply = await door.send("POST /Patient/osei/Observation/_search", { headers, body: "_id=hb" });
    assert.deepEqual(named(reply), ["Observation/hb"]);
    assert.equal(linkOf(reply, "self"), `${base}/Patient/osei/Observation?_id=hb`);
    const whole = await door.send("POST /Encounter/stay/_search", { headers, body: "_type=Condition" });
    assert.deepEqual(named(whole), ["Condition/anaemia"]);
  });

  const missing = [
    "Patient/nobody/Observation",
    "Patient/osei/Organization",
    "Patient/osei/Hat",
    "Organization/x/Observation",
  ];
  for (const address of missing) {
    it(`${address} is not found`, async () => assert.equal((await door.send(`GET /${address}`)).status, 404));
  }

  it("is closed to who may not read its patient", async () => {
    const permissions = new Set(["Observation.search", "Observation.read"]);
    const blind = fhirDoor(contextOf(opened, { ...anActor(), permissions }));
    assert.equal((await blind.send("GET /Patient/osei/Observation")).status, 403);
  });
});
