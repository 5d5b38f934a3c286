/** What comes with the matches of a search. FHIR R4 §3.1.1.5.5 (_include, _revinclude). */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type JsonObject, limits } from "#kernel";
import { anybody, fhirDoor, origin } from "../../../../test/doors/fhir.ts";
import { linkOf, namesOf } from "../../../../test/doors/fhir-ward.ts";
import { anActor, contextOf } from "../../../../test/handler-context.ts";
import { freshRecord } from "../../../../test/record.ts";
import { fhirKinds } from "../kinds.ts";

const opened = await freshRecord({ kinds: fhirKinds });
const door = fhirDoor(contextOf(opened, anybody));
const base = `${origin}/fhir`;

interface Entry {
  readonly resource: JsonObject;
  readonly search: { readonly mode: string };
}

/** `match Observation/hb`, in the order of the Bundle. */
async function found(line: string, by = door): Promise<readonly string[]> {
  const { status, json } = await by.send(line);
  assert.equal(status, 200, JSON.stringify(json));
  return ((json.entry ?? []) as unknown as Entry[]).map(
    ({ search, resource }) => `${search.mode} ${resource.resourceType}/${resource.id ?? ""}`,
  );
}

const put = async (resource: JsonObject) => {
  const { resourceType, id } = resource;
  const { status, text } = await door.send(`PUT /${resourceType}/${id}`, { body: resource });
  assert.ok(status < 300, text);
};
const organization = (id: string, partOf?: string) =>
  put({ resourceType: "Organization", id, name: id, ...(partOf && { partOf: { reference: partOf } }) });
const observation = (id: string, more: JsonObject) =>
  put({ resourceType: "Observation", id, status: "final", code: { text: id }, ...more });

await organization("trust");
await organization("hospital", "Organization/trust");
await organization("ward", "Organization/hospital");
await put({ resourceType: "Practitioner", id: "lindqvist", name: [{ family: "Lindqvist" }] });
await put({
  resourceType: "Patient",
  id: "osei",
  name: [{ family: "Osei" }],
  managingOrganization: { reference: "Organization/ward" },
});
await observation("hb", {
  subject: { reference: "Patient/osei" },
  performer: [{ reference: `${base}/Practitioner/lindqvist/_history/1` }, { reference: "Organization/ward" }],
});
await observation("mcv", {
  subject: { reference: `${base}/Patient/osei` },
  hasMember: [{ reference: "Observation/hb" }],
});

const questionnaire = (id: string, version: string) =>
  put({ resourceType: "Questionnaire", id, url: "urn:ward:pain", version, status: "active" });
await questionnaire("pain-1", "1");
await questionnaire("pain-2", "2");
const answers = (id: string, canonical: string) =>
  put({ resourceType: "QuestionnaireResponse", id, status: "completed", questionnaire: canonical });
await answers("any", "urn:ward:pain");
await answers("second", "urn:ward:pain|2");
await answers("other", "https://elsewhere.example/fhir/Questionnaire/pain-1");

describe("_include adds", () => {
  const cases: readonly (readonly [search: string, ...included: string[]])[] = [
    ["Observation?_id=hb&_include=Observation:subject", "Patient/osei"],
    ["Observation?_include=Observation:subject", "Patient/osei"],
    ["Observation?_id=hb&_include=Observation:performer", "Organization/ward", "Practitioner/lindqvist"],
    ["Observation?_id=hb&_include=Observation:performer:Practitioner", "Practitioner/lindqvist"],
    ["Observation?_id=hb&_include=Observation:*", "Organization/ward", "Patient/osei", "Practitioner/lindqvist"],
    ["Observation?_id=hb&_include=*", "Organization/ward", "Patient/osei", "Practitioner/lindqvist"],
    ["Patient?_include=Patient:organization&_include=Organization:partof", "Organization/ward"],
    [
      "Patient?_include=Patient:organization&_include:iterate=Organization:partof",
      "Organization/hospital",
      "Organization/trust",
      "Organization/ward",
    ],
    ["Organization?_id=trust&_include=*"],
    [
      "QuestionnaireResponse?_id=any&_include=QuestionnaireResponse:questionnaire",
      "Questionnaire/pain-1",
      "Questionnaire/pain-2",
    ],
    ["QuestionnaireResponse?_id=second&_include=*", "Questionnaire/pain-2"],
    ["QuestionnaireResponse?_id=other&_include=*"],
  ];
  for (const [search, ...included] of cases) {
    it(`${search}: ${included.join(", ") || "nothing"}`, async () => {
      const others = (await found(`GET /${search}`)).filter((entry) => !entry.startsWith("match "));
      assert.deepEqual(
        [...others].sort(),
        included.map((entry) => `include ${entry}`),
      );
    });
  }

  it("nothing that the search itself has found", async () => {
    const all = await found("GET /Observation?_include=Observation:has-member");
    assert.deepEqual(all, ["match Observation/mcv", "match Observation/hb"]);
  });

  it("only what the caller may see", async () => {
    const coder = fhirDoor(contextOf(opened, { ...anActor(), permissions: new Set(["Observation.search"]) }));
    assert.deepEqual(await found("GET /Observation?_id=hb&_include=*", coder), ["match Observation/hb"]);
  });
});

describe("_revinclude adds", () => {
  const cases: readonly (readonly [search: string, ...included: string[]])[] = [
    ["Patient?_revinclude=Observation:subject", "Observation/hb", "Observation/mcv"],
    ["Patient?_revinclude=Observation:*", "Observation/hb", "Observation/mcv"],
    ["Patient?_revinclude=Observation:subject:Patient", "Observation/hb", "Observation/mcv"],
    ["Patient?_revinclude=Observation:subject:Group"],
    ["Practitioner?_revinclude=Observation:performer", "Observation/hb"],
    ["Organization?_id=trust&_revinclude=Organization:partof", "Organization/hospital"],
    ["Organization?_id=trust&_revinclude:iterate=Organization:partof", "Organization/hospital", "Organization/ward"],
    [
      "Organization?_id=ward&_revinclude=Patient:organization&_revinclude:iterate=Observation:subject",
      "Observation/hb",
      "Observation/mcv",
      "Patient/osei",
    ],
  ];
  for (const [search, ...included] of cases) {
    it(`${search}: ${included.join(", ") || "nothing"}`, async () => {
      const others = (await found(`GET /${search}`)).filter((entry) => !entry.startsWith("match "));
      assert.deepEqual(
        [...others].sort(),
        included.map((entry) => `include ${entry}`),
      );
    });
  }

  it("whatever points at it, for a star", async () => {
    const all = await found("GET /Practitioner?_revinclude=*");
    assert.ok(all.includes("include Observation/hb") && all.some((entry) => entry.startsWith("include Provenance/")));
  });

  it("says what the caller may not search", async () => {
    const clerk = { ...anActor(), permissions: new Set(["Patient.search", "Patient.read"]) };
    const entries = await found("GET /Patient?_revinclude=Observation:subject", fhirDoor(contextOf(opened, clerk)));
    assert.deepEqual(entries, ["match Patient/osei", "outcome OperationOutcome/"]);
  });
});

describe("a search with includes", () => {
  it("counts, pages and reduces by its matches alone", async () => {
    const { json } = await door.send(
      "GET /Observation?_count=1&_include=Observation:subject&_total=accurate&_elements=code",
    );
    const [match, included] = json.entry as unknown as Entry[];
    assert.deepEqual([json.total, (json.entry as unknown[]).length], [2, 2]);
    assert.deepEqual([match?.resource.subject, included?.resource.name], [undefined, [{ family: "Osei" }]]);
    const links = json.link as { relation: string; url: string }[];
    assert.deepEqual(
      links.map(({ relation }) => relation),
      ["self", "first", "next"],
    );
  });

  it("may ask for summaries of all", async () => {
    const { json } = await door.send("GET /Observation?_id=hb&_include=Observation:subject&_summary=true");
    const [match, included] = json.entry as unknown as Entry[];
    assert.deepEqual([match?.resource.status, included?.resource.id], ["final", "osei"]);
    assert.ok(match !== undefined && JSON.stringify(match.resource.meta).includes("SUBSETTED"));
  });

  it("is refused with _summary=text", async () => {
    assert.equal((await door.send("GET /Observation?_include=*&_summary=text")).status, 400);
  });

  it("says where it stopped at a limit", async () => {
    const entry = Array.from({ length: limits.searchIncludedMax + 1 }, (_, at) => ({
      request: { method: "PUT", url: `Location/l${at}` },
      resource: { resourceType: "Location", id: `l${at}`, managingOrganization: { reference: "Organization/trust" } },
    }));
    const written = await door.send("POST /", { body: { resourceType: "Bundle", type: "transaction", entry } });
    assert.equal(written.status, 200);
    const all = await found("GET /Organization?_id=trust&_revinclude=Location:organization");
    assert.equal(all.filter((each) => each.startsWith("include ")).length, limits.searchIncludedMax);
    assert.equal(all.at(-1), "outcome OperationOutcome/");
  });
});

describe("what resources contain", async () => {
  const subject = { reference: "Patient/osei" };
  const medicine = (id: string, code: string, batch: string) => ({
    resourceType: "Medication",
    id,
    code: { coding: [{ system: "urn:drugs", code, display: `Tablets of ${code}` }] },
    batch: { lotNumber: batch, expirationDate: "2027-01" },
  });
  const prescribed = (id: string, ...contained: readonly JsonObject[]) => ({
    resourceType: "MedicationRequest",
    id,
    status: "active",
    intent: "order",
    subject,
    medicationReference: { reference: `#${contained[0]?.id}` },
    contained,
  });
  await put(medicine("stored", "a", "7"));
  await put(prescribed("one", medicine("m1", "a", "7")));
  await put(prescribed("two", medicine("m1", "a", "8"), medicine("m2", "b", "7")));
  const { intent, ...dispensed } = prescribed("three", medicine("m1", "b", "9"));
  await put({ ...dispensed, resourceType: "MedicationDispense", status: "completed" });
  const told = async (search: string) => {
    const { json, text } = await door.send(`GET /${search}`);
    assert.equal(json.resourceType, "Bundle", text);
    const entries = (json.entry ?? []) as unknown as readonly { fullUrl: string; search: { mode: string } }[];
    return entries.map(({ fullUrl, search: { mode } }) => `${mode} ${fullUrl.replace(/^.*\/fhir\//, "")}`);
  };

  const cases: readonly (readonly [search: string, ...found: string[]])[] = [
    ["Medication?code=urn:drugs|a", "match Medication/stored"],
    ["Medication?code=urn:drugs|a&_contained=false", "match Medication/stored"],
    ["Medication?code=urn:drugs|a&_contained=true", "match MedicationRequest/two", "match MedicationRequest/one"],
    [
      "Medication?code=urn:drugs|a&_contained=true&_containedType=contained",
      "match MedicationRequest/two#m1",
      "match MedicationRequest/one#m1",
    ],
    [
      "Medication?code=b&_contained=true&_containedType=contained&_sort=_lastUpdated",
      "match MedicationRequest/two#m2",
      "match MedicationDispense/three#m1",
    ],
    [
      "Medication?code=a&_contained=both&_containedType=contained",
      "match MedicationRequest/two#m1",
      "match MedicationRequest/one#m1",
      "match Medication/stored",
    ],
    // Each condition is of one contained resource, not of all that one document contains.
    ["Medication?code:not=b&lot-number=7&manufacturer:missing=true&_contained=true", "match MedicationRequest/one"],
    ["Medication?code:text=tablets&_id=m2&expiration-date=2027&_contained=true", "match MedicationRequest/two"],
    [
      "Medication?lot-number=8&_contained=true&_include=MedicationRequest:subject",
      "match MedicationRequest/two",
      "include Patient/osei",
    ],
  ];
  for (const [search, ...expected] of cases) {
    it(`${search}: ${expected.join(", ") || "nothing"}`, async () => assert.deepEqual(await told(search), expected));
  }

  it("come page by page, and are counted", async () => {
    const first = await door.send("GET /Medication?code=a&_contained=both&_count=2&_total=accurate");
    assert.deepEqual([namesOf(first), first.json.total], [["MedicationRequest/two", "MedicationRequest/one"], 3]);
    const next = await door.send(`GET ${linkOf(first, "next")?.replace(/^.*\/fhir/, "")}`);
    assert.deepEqual([namesOf(next), linkOf(next, "next")], [["Medication/stored"], undefined]);
    assert.equal(
      (await door.send("GET /Medication?_contained=true&_containedType=contained&_summary=count")).json.total,
      4,
    );
  });

  it("are refused where that has no meaning", async () => {
    for (const search of [
      "Medication?manufacturer.name=x&_contained=true",
      "Medication?code:in=urn:vs&_contained=true",
      "Medication?_sort=status&_contained=true",
      "Medication?_contained=true&_containedType=contained&_include=Medication:manufacturer",
      "_search?_type=Medication,Patient&_contained=true",
    ]) {
      const { status, text } = await door.send(
        search.startsWith("_search") ? `GET /${search.slice(7)}` : `GET /${search}`,
      );
      assert.equal(status, 400, text);
      assert.match(text, /unsupported-search/);
    }
  });
});
