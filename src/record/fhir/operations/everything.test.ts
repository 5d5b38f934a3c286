/** FHIR R4 OperationDefinition/Patient-everything and Encounter-everything. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { searchParameterOf } from "#standards/fhir";
import { origin, type Received } from "../../../../test/doors/fhir.ts";
import { entriesOf, fhirWard, linkOf, namesOf } from "../../../../test/doors/fhir-ward.ts";
import { careDateOf, typesWithCareDate } from "./care-date.ts";

const { door, doorFor, put, opened } = await fhirWard();
const subject = { reference: "Patient/osei" };
const encounter = { reference: "Encounter/stay" };
const observation = (id: string, effectiveDateTime: string, more: object = {}) =>
  ({
    resourceType: "Observation",
    id,
    status: "final",
    code: { text: id },
    subject,
    effectiveDateTime,
    ...more,
  }) as const;

await put(
  { resourceType: "Practitioner", id: "lindqvist" },
  { resourceType: "Organization", id: "trust" },
  { resourceType: "Patient", id: "osei", managingOrganization: { reference: "Organization/trust" } },
  { resourceType: "Patient", id: "oneill" },
  { resourceType: "Encounter", id: "stay", status: "finished", class: { code: "IMP" }, subject },
  observation("early", "2024-05-01"),
  observation("late", "2026-02-01T10:00:00Z", { encounter, performer: [{ reference: "Practitioner/lindqvist" }] }),
  { resourceType: "Coverage", id: "cover", status: "active", beneficiary: subject, payor: [subject] },
  {
    resourceType: "Observation",
    id: "hers",
    status: "final",
    code: { text: "x" },
    subject: { reference: "Patient/oneill" },
  },
);
opened.clock.advance(60_000);
await put({ resourceType: "Condition", id: "anaemia", subject, onsetDateTime: "2026-01-01" });
await put({ resourceType: "Goal", id: "undated", lifecycleStatus: "active", description: { text: "Walk" }, subject });

const chart = (names: readonly string[]) => names.filter((name) => !name.startsWith("Provenance/")).sort();

describe("$everything of a patient", () => {
  it("is the patient, what is in the compartment, and what that refers to", async () => {
    const reply = await door.send("GET /Patient/osei/$everything");
    assert.equal(namesOf(reply)[0], "Patient/osei");
    assert.deepEqual(chart(namesOf(reply, "match")), [
      "Condition/anaemia",
      "Coverage/cover",
      "Encounter/stay",
      "Goal/undated",
      "Observation/early",
      "Observation/late",
      "Patient/osei",
    ]);
    assert.deepEqual(chart(namesOf(reply, "include")), ["Organization/trust", "Practitioner/lindqvist"]);
  });

  const narrowed: readonly (readonly [search: string, ...names: string[]])[] = [
    ["_type=Observation,Condition", "Condition/anaemia", "Observation/early", "Observation/late"],
    ["_type=Patient", "Patient/osei"],
    ["_type=Observation&start=2026-01-01", "Observation/late"],
    ["_type=Observation&end=2024", "Observation/early"],
    ["_type=Observation&start=2025&end=2025-12-31"],
    ["_type=Coverage,Goal&start=2026", "Coverage/cover", "Goal/undated"],
    ["_type=Observation,Condition&_since=2026-03-02T09:00:30Z", "Condition/anaemia"],
  ];
  for (const [search, ...names] of narrowed) {
    it(`${search}: ${names.join(", ") || "nothing"}`, async () => {
      const reply = await door.send(`GET /Patient/osei/$everything?${search}`);
      assert.deepEqual([...namesOf(reply)].sort(), names);
    });
  }

  it("comes in pages that neither repeat nor miss", async () => {
    const whole = namesOf(await door.send("GET /Patient/osei/$everything"), "match");
    const seen: string[] = [];
    const back: string[] = [];
    let line: string | undefined = "GET /Patient/osei/$everything?_count=2";
    let last = line;
    while (line !== undefined) {
      last = line;
      const reply: Received = await door.send(line);
      seen.push(...namesOf(reply, "match"));
      line = linkOf(reply, "next")?.replace(`${origin}/fhir`, "GET ");
    }
    for (let before: string | undefined = last; before !== undefined; ) {
      const reply: Received = await door.send(before);
      back.unshift(...namesOf(reply, "match"));
      before = linkOf(reply, "previous")?.replace(`${origin}/fhir`, "GET ");
    }
    assert.deepEqual(back, whole);
    assert.deepEqual(seen, whole);
  });

  it("takes its parameters from a body, too", async () => {
    const parameter = [{ name: "_type", valueString: "Condition" }];
    const reply = await door.send("POST /Patient/osei/$everything", {
      body: { resourceType: "Parameters", parameter },
    });
    assert.deepEqual(namesOf(reply), ["Condition/anaemia"]);
    assert.equal((await door.send("POST /Patient/osei/$everything")).status, 200);
  });

  it("holds nothing the caller may not see", async () => {
    const few = doorFor("Patient.read", "Observation.search");
    assert.deepEqual([...namesOf(await few.send("GET /Patient/osei/$everything"))].sort(), [
      "Observation/early",
      "Observation/late",
      "Patient/osei",
    ]);
    assert.equal((await doorFor("Observation.search").send("GET /Patient/osei/$everything")).status, 403);
  });

  const refused = [
    ["GET /Patient/nobody/$everything", 404],
    ["GET /Patient/osei/$everything?hat=red", 400],
    ["GET /Patient/osei/$everything?_count=0", 400],
    ["GET /Patient/osei/$everything?start=soon", 400],
    ["GET /Patient/osei/$everything?_since=2026-01-01", 400],
    ["GET /Patient/osei/$everything?_type=Hat", 400],
    ["GET /Patient/osei/$everything?_cursor=x", 400],
  ] as const;
  for (const [line, status] of refused) {
    it(`${line} is ${status}`, async () => assert.equal((await door.send(line)).status, status));
  }
});

describe("$everything of an encounter", () => {
  it("is the encounter, what took place in it, and what that refers to", async () => {
    const reply = await door.send("GET /Encounter/stay/$everything");
    assert.deepEqual(chart(namesOf(reply)), [
      "Encounter/stay",
      "Observation/late",
      "Patient/osei",
      "Practitioner/lindqvist",
    ]);
    assert.equal(entriesOf(reply)[0]?.resource.id, "stay");
  });
});

it("the time of care is a date parameter of its type", () => {
  for (const type of typesWithCareDate) {
    const code = careDateOf(type) ?? "";
    assert.equal(searchParameterOf(type, code)?.type, "date", `${type}?${code}`);
  }
});
