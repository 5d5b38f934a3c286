/** Source: FHIR R4 §3.1.1 (search). */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { limits } from "#kernel";
import { resourceTypes } from "./definitions.ts";
import { searchParametersOf } from "./search-parameters.ts";
import { parseSearchQuery, type SearchQuery } from "./search-query.ts";

function search(type: string, query: string): SearchQuery {
  return parseSearchQuery(type, new URLSearchParams(query));
}

/** The first criterion's values; there must be no problem. */
function values(type: string, query: string): unknown {
  const { criteria, problems } = search(type, query);
  assert.deepEqual(problems, []);
  const [criterion] = criteria;
  return criterion !== undefined && "any" in criterion ? criterion.any : criterion;
}

function problemsOf(type: string, query: string): readonly string[] {
  return search(type, query).problems.map((problem) => `${problem.category} ${problem.code} ${problem.where}`);
}

test("a token is a code, a code of a system, a code without one, or anything of a system", () => {
  assert.deepEqual(values("Patient", "identifier=1,urn:a|2,|3,urn:a|"), [
    { system: undefined, code: "1" },
    { system: "urn:a", code: "2" },
    { system: "", code: "3" },
    { system: "urn:a", code: undefined },
  ]);
  assert.deepEqual(values("Patient", "identifier=a\\,b,c\\|d"), [
    { system: undefined, code: "a,b" },
    { system: undefined, code: "c|d" },
  ]);
});

test("a date covers what was written, in the zone given where it states none", () => {
  const day = { fromMs: Date.UTC(2026, 0, 2), toMs: Date.UTC(2026, 0, 3) };
  assert.deepEqual(values("Patient", "birthdate=2026-01-02"), [{ prefix: "eq", ...day }]);
  assert.deepEqual(values("Patient", "birthdate=ge2026-01-02,ap2026-01-02"), [
    { prefix: "ge", ...day },
    { prefix: "ap", ...day },
  ]);
  const offset = parseSearchQuery("Patient", new URLSearchParams("birthdate=2026-01-02"), 60).criteria[0];
  assert.deepEqual(offset, {
    kind: "date",
    parameter: "birthdate",
    any: [{ prefix: "eq", fromMs: day.fromMs - 3_600_000, toMs: day.toMs - 3_600_000 }],
  });
  const moment = Date.UTC(2026, 0, 2, 8, 30);
  const minute = [{ prefix: "eq", fromMs: moment, toMs: moment + 60_000 }];
  assert.deepEqual(values("Observation", "date=2026-01-02T09:30%2B01:00"), minute);
  assert.deepEqual(values("Observation", "date=2026-01-02T09:30+01:00"), minute, "the + came as a space");
});

test("a number covers its written precision", () => {
  const range = (text: string): readonly number[] => {
    const [value] = values("RiskAssessment", `probability=${text}`) as readonly { low: number; high: number }[];
    return [value?.low ?? 0, value?.high ?? 0];
  };
  assert.deepEqual(range("100"), [99.5, 100.5]);
  assert.deepEqual(range("100.00"), [99.995, 100.005]);
  assert.deepEqual(range("1e2"), [95, 105]);
  assert.deepEqual(range("lt-1"), [-1.5, -0.5]);
});

test("a quantity has a unit by system and code, by code alone, or none", () => {
  const number = { prefix: "eq", value: 5.4, low: 5.3500000000000005, high: 5.45 };
  assert.deepEqual(values("Observation", "value-quantity=5.4|http://unitsofmeasure.org|mg,5.4||mg,5.4"), [
    { ...number, system: "http://unitsofmeasure.org", code: "mg" },
    { ...number, system: undefined, code: "mg" },
    { ...number, system: undefined, code: undefined },
  ]);
});

test("a reference is an id, a type and id, or an address; the modifier gives the type", () => {
  assert.deepEqual(values("Observation", "subject=1,Patient/2,https://example.org/fhir/Patient/3"), [
    { form: "id", types: ["Group", "Device", "Patient", "Location"], id: "1" },
    { form: "id", types: ["Patient"], id: "2" },
    { form: "url", url: "https://example.org/fhir/Patient/3" },
  ]);
  assert.deepEqual(values("Observation", "subject:Patient=1"), [{ form: "id", types: ["Patient"], id: "1" }]);
  assert.deepEqual(search("Observation", "subject:identifier=urn:a|1").criteria, [
    { kind: "reference-identifier", parameter: "subject", any: [{ system: "urn:a", code: "1" }] },
  ]);
  assert.deepEqual(problemsOf("Observation", "subject:Patient=Group/1"), [
    "incorrect wrong-search-value subject:Patient",
  ]);
});

test("a string is kept as written and as it is compared", () => {
  assert.deepEqual(search("Patient", "name:exact=Élodie").criteria, [
    { kind: "string", parameter: "name", modifier: "exact", any: [{ text: "Élodie", normalised: "elodie" }] },
  ]);
});

test("the other modifiers are read", () => {
  assert.deepEqual(search("Patient", "gender:not=male&death-date:missing=true").criteria, [
    { kind: "token", parameter: "gender", modifier: "not", any: [{ system: undefined, code: "male" }] },
    { kind: "missing", parameter: "death-date", missing: true },
  ]);
  assert.deepEqual(search("Observation", "code:in=http://example.org/vs&code:text=potas,natr").criteria, [
    { kind: "token-in", parameter: "code", negated: false, any: ["http://example.org/vs"] },
    { kind: "token-text", parameter: "code", any: ["potas", "natr"] },
  ]);
  assert.deepEqual(values("Patient", "identifier:of-type=http://terminology.hl7.org/CodeSystem/v2-0203|MR|12"), [
    { typeSystem: "http://terminology.hl7.org/CodeSystem/v2-0203", typeCode: "MR", value: "12" },
  ]);
  assert.deepEqual(search("ValueSet", "url:below=http://example.org/").criteria, [
    { kind: "uri", parameter: "url", modifier: "below", any: ["http://example.org/"] },
  ]);
});

test("a composite has a criterion for each part", () => {
  assert.deepEqual(values("Observation", "code-value-quantity=http://loinc.org|2823-3$gt5"), [
    [
      { kind: "token", parameter: "code", modifier: undefined, any: [{ system: "http://loinc.org", code: "2823-3" }] },
      {
        kind: "quantity",
        parameter: "value-quantity",
        any: [{ prefix: "gt", value: 5, low: 4.5, high: 5.5, system: undefined, code: undefined }],
      },
    ],
  ]);
  assert.deepEqual(problemsOf("Observation", "code-value-quantity=1"), [
    "incorrect wrong-search-value code-value-quantity",
  ]);
  const composites = resourceTypes.flatMap((type) =>
    searchParametersOf(type)
      .filter((parameter) => parameter.type === "composite")
      .map((parameter) => ({ known: new Set(searchParametersOf(type).map(({ url }) => url)), parameter })),
  );
  assert.ok(composites.length > 50);
  for (const { known, parameter } of composites) {
    for (const { url } of parameter.components) assert.ok(known.has(url), `${parameter.url} ${url}`);
  }
});

test("a chain goes to every type that has the rest, or to the one that is named", () => {
  const name = { kind: "string", parameter: "name", modifier: undefined, any: [{ text: "Osei", normalised: "osei" }] };
  assert.deepEqual(search("Observation", "subject:Patient.name=Osei").criteria, [
    { kind: "chain", parameter: "subject", to: [{ type: "Patient", criterion: name }] },
  ]);
  const [chain] = search("Observation", "subject.name=Osei").criteria;
  assert.deepEqual(chain?.kind === "chain" ? chain.to.map(({ type }) => type) : [], ["Patient", "Location"]);
  assert.deepEqual(problemsOf("Observation", "subject.nonsense=1"), [
    "incorrect unknown-search-parameter subject.nonsense",
  ]);
  assert.deepEqual(problemsOf("Observation", "status.name=1"), ["incorrect unknown-search-parameter status.name"]);
});

test("a chain may go backwards, and on from there", () => {
  const code = { kind: "token", parameter: "code", modifier: undefined, any: [{ system: undefined, code: "2823-3" }] };
  assert.deepEqual(search("Patient", "_has:Observation:patient:code=2823-3").criteria, [
    { kind: "reverse-chain", source: "Observation", parameter: "patient", criterion: code },
  ]);
  const [nested] = search("Patient", "_has:Observation:patient:_has:AuditEvent:entity:type=x").criteria;
  assert.equal(nested?.kind === "reverse-chain" && nested.criterion.kind, "reverse-chain");
  assert.deepEqual(problemsOf("Patient", "_has:Observation:specimen:code=1"), [
    "incorrect unknown-search-parameter _has:Observation:specimen:code",
  ]);
});

test("how to answer is read: sort, page, total, summary, elements, includes", () => {
  const query = search(
    "Observation",
    "_sort=-date,_id&_count=5000&_cursor=abc&_total=accurate&_summary=data&_elements=id,status&" +
      "_include=Observation:subject:Patient&_include:iterate=Patient:*&_revinclude=Provenance:target&_contained=both&_containedType=contained&_format=json",
  );
  assert.deepEqual(query, {
    type: "Observation",
    criteria: [],
    problems: [],
    sort: [
      { parameter: "date", type: "date", descending: true, through: [] },
      { parameter: "_id", type: "token", descending: false, through: [] },
    ],
    count: limits.pageSizeMax,
    cursor: "abc",
    total: "accurate",
    summary: "data",
    elements: ["id", "status"],
    include: [
      { source: "Observation", parameter: "subject", target: "Patient", iterate: false },
      { source: "Patient", parameter: "*", target: undefined, iterate: true },
    ],
    revinclude: [{ source: "Provenance", parameter: "target", target: undefined, iterate: false }],
    contained: "both",
    containedType: "contained",
  });
});

test("what is not understood is a problem with the name of the parameter", () => {
  const wrong: readonly (readonly [string, string])[] = [
    ["naem=Osei", "incorrect unknown-search-parameter naem"],
    ["name:start=Osei", "incorrect unknown-search-parameter name:start"],
    ["birthdate:exact=2026", "incorrect unknown-search-parameter birthdate:exact"],
    ["birthdate=yesterday", "incorrect wrong-search-value birthdate"],
    ["birthdate=2026-01-01,", "incorrect wrong-search-value birthdate"],
    ["identifier=", "incorrect wrong-search-value identifier"],
    ["identifier=a|b|c", "incorrect wrong-search-value identifier"],
    ["gender:missing=yes", "incorrect wrong-search-value gender:missing"],
    ["_sort=shoe-size", "incorrect unknown-search-parameter _sort"],
    ["_count=many", "incorrect wrong-search-value _count"],
    ["_count=1&_count=2", "incorrect wrong-search-value _count"],
    ["_count:exact=1", "incorrect unknown-search-parameter _count:exact"],
    ["_summary=some", "incorrect wrong-search-value _summary"],
    ["_include=Patient:name", "incorrect wrong-search-value _include"],
    ["_contained=all", "incorrect wrong-search-value _contained"],
  ];
  for (const [query, problem] of wrong) assert.deepEqual(problemsOf("Patient", query), [problem], query);
  assert.deepEqual(problemsOf("Pateint", "name=x"), ["incorrect unknown-resource-type Pateint"]);
});

test("the length of a search is bounded", () => {
  const many = Array.from({ length: limits.searchValuesMax + 1 }, (_, index) => index).join(",");
  assert.deepEqual(problemsOf("Patient", `_id=${many}`), ["incorrect too-many-search-values _id"]);
  const long = Array.from({ length: limits.searchParametersMax + 1 }, () => "name=x").join("&");
  assert.equal(search("Patient", long).problems[0]?.code, "too-many-search-values");
  assert.equal(search("Organization", `${"partof.".repeat(limits.searchChainMax)}name=x`).problems.length, 0);
  assert.equal(search("Organization", `${"partof.".repeat(limits.searchChainMax + 1)}name=x`).problems.length, 1);
});

test("any query is answered, never with a throw", () => {
  const part = fc.constantFrom(
    "name",
    "subject",
    "date",
    "_has",
    ":",
    ".",
    "|",
    "$",
    ",",
    "\\",
    "Patient",
    "_sort",
    "=",
    "&",
    "1",
  );
  const query = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(query, (text) => {
      const { criteria, problems } = search("Observation", text);
      assert.ok(criteria.length + problems.length <= text.split("&").length);
    }),
    { seed: 7, numRuns: 5_000 },
  );
});

test("a search may be sorted along references, as chains are written", () => {
  const { sort, problems } = parseSearchQuery("Observation", new URLSearchParams("_sort=-subject:Patient.family"));
  assert.deepEqual(problems, []);
  assert.deepEqual(sort, [
    { parameter: "family", type: "string", descending: true, through: [{ parameter: "subject", to: "Patient" }] },
  ]);
});
