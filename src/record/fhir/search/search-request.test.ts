/** What a search at the FHIR door asks of the record. FHIR R4 §3.1.1. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { expectOk, instant, type Result } from "#kernel";
import type { Clause, Query } from "../../documents/query.ts";
import { cursorText } from "./cursor.ts";
import { readSearch, type SearchRequest } from "./search-request.ts";

const base = "http://corridor.example/fhir";
const now = instant(Date.parse("2026-03-02T09:00:00Z"));

function read(line: string, isLenient = false): Result<SearchRequest> {
  const [type = "", search = ""] = line.split("?");
  return readSearch({ type, parameters: new URLSearchParams(search), base, now, isLenient });
}

const ms = (text: string) => Date.parse(text);
const key = (...any: string[]): Clause => ({ is: "key", any });
const text = (parameter: string, match: "prefix" | "contains", ...any: string[]): Clause => ({
  is: "text",
  parameter,
  match,
  any,
});
const [march, april] = [ms("2026-03-01"), ms("2026-04-01")];
const date = (...any: (Clause & { is: "date" })["any"]): Clause => ({ is: "date", parameter: "date", any });
const updated = (...any: (Clause & { is: "updated" })["any"]): Clause => ({ is: "updated", any });

const clauses: readonly (readonly [search: string, ...all: Clause[]])[] = [
  ["Patient"],
  ["Patient?_id=a,b", { is: "id", any: ["a", "b"] }],
  ["Patient?gender=female", key("gender=female")],
  ["Patient?gender=female,male&active=true", key("gender=female", "gender=male"), key("active=true")],
  ["Patient?identifier=urn:a|1", key("identifier=urn:a|1")],
  ["Patient?identifier=|1", key("identifier=|1")],
  ["Patient?identifier=urn:a|1\\|2", key("identifier=urn:a|1\\|2")],
  ["Patient?identifier=1\\,2", key("identifier=1,2")],
  ["Patient?_tag=urn:t|x", key("_tag=urn:t|x")],
  ["Patient?name=Løvås", text("name", "prefix", "lovas")],
  ["Patient?family:contains=SEI,x", text("family", "contains", "sei", "x")],
  ["Patient?family:exact=Osei", { is: "written", parameter: "family", any: [{ text: "osei", written: "Osei" }] }],
  ["Patient?phonetic:exact=Osei", { is: "written", parameter: "name", any: [{ text: "osei", written: "Osei" }] }],
  ["Patient?identifier=urn:a|", key("identifier=urn:a|")],
  ["Patient?gender=http://hl7.org/fhir/administrative-gender|female", key("gender=female")],
  ["Patient?gender=urn:other|female", { is: "never" }],
  ["Observation?combo-code=urn:a|1", key("code=urn:a|1", "component-code=urn:a|1")],
  ["ValueSet?url=http://a/b", key("url=http://a/b")],
  ["Observation?subject=Patient/1", key("patient=Patient/1", `patient=${base}/Patient/1`)],
  ["Observation?subject=Group/1", key("subject=Group/1", `subject=${base}/Group/1`)],
  ["Observation?subject:Patient=1", key("patient=Patient/1", `patient=${base}/Patient/1`)],
  ["Observation?patient=1", key("patient=Patient/1", `patient=${base}/Patient/1`)],
  [`Observation?subject=${base}/Patient/1`, key(`patient=${base}/Patient/1`, "patient=Patient/1")],
  ["Observation?subject=urn:uuid:1", key("subject=urn:uuid:1")],
  ["Observation?date=2026-03", date({ fromMinMs: march, toMaxMs: april })],
  ["Observation?date=ne2026-03", date({ fromMaxMs: march - 1 }, { toMinMs: april + 1 })],
  ["Observation?date=gt2026-03", date({ toMinMs: april + 1 })],
  ["Observation?date=lt2026-03", date({ fromMaxMs: march - 1 })],
  ["Observation?date=ge2026-03", date({ toMinMs: april + 1 }, { fromMinMs: march, toMaxMs: april })],
  ["Observation?date=le2026-03", date({ fromMaxMs: march - 1 }, { fromMinMs: march, toMaxMs: april })],
  ["Observation?date=sa2026-03", date({ fromMinMs: april })],
  ["Observation?date=eb2026-03", date({ toMaxMs: march })],
  [
    "Observation?date=ap2026-03-02T08:00:00Z",
    date({ fromMaxMs: ms("2026-03-02T08:06:00.900Z") - 1, toMinMs: ms("2026-03-02T07:54:00Z") + 1 }),
  ],
  [
    "Observation?date=ge2026-03&date=lt2026-04",
    date({ fromMaxMs: april - 1, toMinMs: april + 1 }, { fromMinMs: march, fromMaxMs: april - 1, toMaxMs: april }),
  ],
  [
    "Observation?value-quantity=ge5||K&value-quantity=lt6||K",
    {
      is: "number",
      any: [
        {
          parameter: "value-quantity",
          unit: { codeOrLabel: "K" },
          where: [
            { end: "high", is: ">=", value: 5 },
            { end: "low", is: "<", value: 6 },
          ],
        },
      ],
    },
  ],
  ["Observation?_lastUpdated=2026-03", updated({ minMs: march, maxMs: april - 1 })],
  ["Observation?_lastUpdated=gt2026-03,lt2026-03", updated({ minMs: april }, { maxMs: march - 1 })],
  ["Observation?_lastUpdated=ge2026-03", updated({ minMs: march })],
  ["Observation?_lastUpdated=le2026-03", updated({ maxMs: april - 1 })],
  ["Observation?_lastUpdated=ne2026-03", updated({ maxMs: march - 1 }, { minMs: april })],
  ["AuditEvent?date=ge2026-03&outcome=4", updated({ minMs: march }), key("outcome=4")],
];

describe("a condition becomes a clause", () => {
  for (const [search, ...all] of clauses) {
    it(search, () => assert.deepEqual(expectOk(read(search)).query.all, all));
  }

  it("a reference without a type may be to any type that the parameter allows", () => {
    const [clause] = expectOk(read("Observation?subject=1")).query.all;
    const types = ["Group", "Device", "Patient", "Location"];
    const under = (type: string) => (type === "Patient" ? "patient" : "subject");
    const relative = types.map((type) => `${under(type)}=${type}/1`);
    const own = types.map((type) => `${under(type)}=${base}/${type}/1`);
    assert.ok(clause?.is === "key");
    assert.deepEqual([...clause.any].sort(), [...relative, ...own].sort());
  });
});

describe("the order and the size of a page", () => {
  const newestFirst = { by: "updated", descending: true };
  const cases: readonly (readonly [search: string, part: Partial<Record<keyof Query, unknown>>])[] = [
    ["Patient", { sort: newestFirst, limit: 20 }],
    ["Patient?_sort=-_lastUpdated&_count=5", { sort: newestFirst, limit: 5 }],
    ["Patient?_sort=_lastUpdated", { sort: { by: "updated", descending: false } }],
    ["Patient?_sort=birthdate", { sort: { by: { date: "birthdate", isSingle: true }, descending: false } }],
    ["Observation?_sort=-date", { sort: { by: { date: "date", isSingle: true }, descending: true } }],
    ["Patient?_sort=name", { sort: { by: { text: "name" }, descending: false } }],
    ["Patient?_sort=-gender", { sort: { by: { places: [[{ name: "gender" }]] }, descending: true } }],
    [
      "Patient?_sort=birthdate,-_lastUpdated",
      { sort: { by: { date: "birthdate", isSingle: true }, descending: false, thenBy: [newestFirst] } },
    ],
    ["Patient?_count=999999", { limit: 1000 }],
    ["AuditEvent?_sort=-date", { sort: newestFirst }],
  ];
  for (const [search, part] of cases) {
    it(search, () => {
      const { query } = expectOk(read(search));
      for (const [name, value] of Object.entries(part)) assert.deepEqual(query[name as keyof Query], value);
    });
  }
});

describe("what cannot be done is refused by its name, never left out", () => {
  const unknown = "unknown-search-parameter";
  const cases: readonly (readonly [search: string, code: string, where: string])[] = [
    ["Patient?shoesize=40", unknown, "shoesize"],
    ["Patient?name:fuzzy=x", unknown, "name:fuzzy"],
    ["Patient?gender=", "wrong-search-value", "gender"],
    ["Patient?birthdate=1957-13", "wrong-search-value", "birthdate"],
    ["Patient?_query=x", "unsupported-search", "_query"],
    ["Location?near=1", "wrong-search-value", "near"],
    ["Location?near=91|2", "wrong-search-value", "near"],
    ["Location?near=1|2|3|kg", "wrong-search-value", "near"],
    ["Patient?_list=$current-problems", "unsupported-search", "_list"],
    ["Condition?_list=$favourites", "unsupported-search", "_list"],
    ["Patient?_filter=gender po 2020", "wrong-search-value", "_filter"],
    ["Patient?_filter=organization[name eq lab.active eq true", "wrong-search-value", "_filter"],
    ["Patient?_filter=gender[name eq lab].active eq true", "wrong-search-value", "_filter"],
    [`Patient?_filter=${"a[".repeat(2_000)}`, "wrong-search-value", "_filter"],
    ["Patient?_text=!", "wrong-search-value", "_text"],
    ["Patient?general-practitioner:below=Practitioner/1", "unsupported-search", "general-practitioner:below"],
    ["Patient?language:below=en", "unsupported-search", "language:below"],
    ["Observation?value-quantity=5|http://unitsofmeasure.org|", "unsupported-search", "value-quantity"],
    ["Patient?_has:AuditEvent:patient:action=R", "unsupported-search", "_has:AuditEvent:patient:action"],
    ["MolecularSequence?chromosome-variant-coordinate=1$2$3", "unsupported-search", "chromosome-variant-coordinate"],
    [
      "ActivityDefinition?composed-of.composed-of.composed-of.composed-of._id=1",
      "too-costly",
      "composed-of.composed-of.composed-of.composed-of._id",
    ],
    [
      `ActivityDefinition?_filter=${"composed-of[".repeat(4)}_id eq 1${"]._id eq 1".repeat(4)}`,
      "too-costly",
      "_filter",
    ],
    ["Observation?_sort=subject._id", "wrong-search-value", "_sort"],
    ["Observation?_sort=patient.shoesize", "unknown-search-parameter", "_sort"],
    ["Observation?_sort=patient._lastUpdated", "unsupported-search", "_sort"],
    ["ActivityDefinition?_sort=depends-on:Library.name", "unsupported-search", "_sort"],
    ["Patient?_filter=name eq", "wrong-search-value", "_filter"],
    ["Patient?_filter=(name eq x", "wrong-search-value", "_filter"],
    ["Patient?_filter=shoesize eq 40", unknown, "_filter"],
    [`Patient?_filter=${Array(301).fill("name eq x").join(" or ")}`, "too-costly", ""],
    ["Patient?_contained=true", "unsupported-search", "_contained"],
    ["AuditEvent?source=x", "unsupported-search", "source"],
    ["AuditEvent?_sort=date", "unsupported-search", "_sort"],
    ["Patient?_cursor=x", "wrong-cursor", "_cursor"],
  ];
  for (const [search, code, where] of cases) {
    it(`${search}: ${code}`, () => {
      const result = read(search);
      assert.ok(!result.ok);
      assert.deepEqual([result.problems[0].code, result.problems[0].where ?? ""], [code, where]);
    });
  }

  it("all of it at once", () => {
    const result = read("Patient?shoesize=40&gender=male&hat=1&_sort=organization._lastUpdated");
    assert.ok(!result.ok);
    assert.deepEqual(
      result.problems.map(({ where }) => where),
      ["shoesize", "hat", "_sort"],
    );
  });
});

describe("a lenient search", () => {
  it("leaves out what is unknown or not done, and says so", () => {
    const { query, used, ignored } = expectOk(
      read("Patient?shoesize=40&gender=male&_query=x&_sort=organization._lastUpdated", true),
    );
    assert.deepEqual(query.all, [key("gender=male")]);
    assert.equal(used.toString(), "gender=male");
    assert.deepEqual(
      ignored.map(({ where }) => where),
      ["shoesize", "_sort", "_query"],
    );
  });

  it("does not leave out what is wrong", () => {
    assert.ok(!read("Patient?birthdate=x&shoesize=1", true).ok);
  });
});

describe("a cursor", () => {
  const search = new URLSearchParams("gender=male&_sort=birthdate&_count=5");
  const text = cursorText({ position: 17, values: [-5] }, search);

  it("is the place that it was made of", () => {
    assert.deepEqual(expectOk(read(`Patient?gender=male&_sort=birthdate&_count=9&_cursor=${text}`)).query.after, {
      position: 17,
      values: [-5],
    });
  });

  const wrong = ["!!!", Buffer.from("[1]").toString("base64url"), Buffer.from("{}").toString("base64url")];
  for (const cursor of wrong) {
    it(`is refused when it was not made here: ${cursor}`, () => assert.ok(!read(`Patient?_cursor=${cursor}`).ok));
  }

  it("is refused with another search", () => assert.ok(!read(`Patient?gender=female&_cursor=${text}`).ok));
});
