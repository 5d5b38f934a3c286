/** Source: FHIR R4 §3.1.1.4 (search parameter types and what they match). */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "#kernel";
import { farFutureMs, farPastMs } from "./date-time.ts";
import { resourceTypes } from "./definitions.ts";
import type { Observation, Patient, Resource } from "./generated/types.ts";
import { compileIndexer, isIndexed } from "./index-compiler.ts";
import { type IndexSink, silentSink } from "./index-sink.ts";
import { searchParametersOf } from "./search-parameters.ts";
import { unindexedParameters } from "./unindexed.ts";

type Entry = readonly [param: string, ...values: unknown[]];

function entriesOf(resource: Resource, parameters?: readonly string[], offsetMinutes?: number): readonly Entry[] {
  const entries: Entry[] = [];
  const put = (...entry: Entry): void => void entries.push(entry);
  const names = Object.keys(silentSink) as (keyof IndexSink)[];
  const sink = Object.fromEntries(names.map((name) => [name, put])) as unknown as IndexSink;
  compileIndexer(resource.resourceType, parameters, offsetMinutes)(resource, sink);
  return entries;
}

const mrsOsei: Patient = {
  resourceType: "Patient",
  id: "osei",
  meta: {
    profile: ["http://example.org/p"],
    tag: [{ system: "urn:t", code: "demo" }],
    lastUpdated: "2026-01-02T03:04:05Z",
  },
  identifier: [{ system: "https://fhir.nhs.uk/Id/nhs-number", value: "9990000018" }, { value: "H-12" }],
  active: true,
  name: [{ family: "Osei", given: ["Abena", "Rose"], prefix: ["Mrs"] }],
  telecom: [
    { system: "phone", value: "020 7946 0018" },
    { system: "email", value: "a.osei@example.org" },
  ],
  gender: "female",
  birthDate: "1961-05",
  address: [{ line: ["1 High Street"], city: "Leeds", postalCode: "LS1 1AA" }],
  generalPractitioner: [
    { reference: "Practitioner/lindqvist/_history/3" },
    { reference: "https://example.org/fhir/Organization/7" },
  ],
};

test("a patient is found by identifier, name, contact, sex, birth date and practitioner", () => {
  const found = (parameter: string): readonly (readonly unknown[])[] =>
    entriesOf(mrsOsei, [parameter]).map(([, ...values]) => values);
  assert.deepEqual(found("_id"), [["osei"]]);
  assert.deepEqual(found("_tag"), [["urn:t", "demo"]]);
  assert.deepEqual(found("_profile"), [["http://example.org/p"]]);
  assert.deepEqual(found("_lastUpdated"), [[Date.parse("2026-01-02T03:04:05Z"), Date.parse("2026-01-02T03:04:06Z")]]);
  assert.deepEqual(found("identifier"), [
    ["https://fhir.nhs.uk/Id/nhs-number", "9990000018"],
    [undefined, "H-12"],
  ]);
  assert.deepEqual(found("active"), [["true"]]);
  assert.deepEqual(found("name"), [["Osei"], ["Abena"], ["Rose"], ["Mrs"]]);
  assert.deepEqual(found("given"), [["Abena"], ["Rose"]]);
  assert.deepEqual(found("phone"), [["020 7946 0018"]]);
  assert.deepEqual(found("email"), [["a.osei@example.org"]]);
  assert.deepEqual(found("telecom"), [["020 7946 0018"], ["a.osei@example.org"]]);
  assert.deepEqual(found("gender"), [["female"]]);
  assert.deepEqual(found("birthdate"), [[Date.UTC(1961, 4, 1), Date.UTC(1961, 5, 1)]]);
  assert.deepEqual(found("address"), [["1 High Street"], ["Leeds"], ["LS1 1AA"]]);
  assert.deepEqual(found("general-practitioner"), [
    ["Practitioner/lindqvist"],
    ["https://example.org/fhir/Organization/7"],
  ]);
});

test("deceased is true of a patient with a date of death, false of one said to be alive or of whom nothing is said", () => {
  const deceased = (fields: JsonObject): readonly Entry[] =>
    entriesOf({ resourceType: "Patient", ...fields }, ["deceased"]);
  assert.deepEqual(deceased({ deceasedDateTime: "2024" }), [["deceased", "true"]]);
  assert.deepEqual(deceased({ deceasedBoolean: true }), [["deceased", "true"]]);
  assert.deepEqual(deceased({ deceasedBoolean: false }), [["deceased", "false"]]);
  assert.deepEqual(deceased({}), [["deceased", "false"]]);
});

const potassium: Observation = {
  resourceType: "Observation",
  status: "final",
  code: { coding: [{ system: "http://loinc.org", code: "2823-3" }], text: "Potassium" },
  subject: { reference: "Patient/osei" },
  effectivePeriod: { start: "2026-01-01" },
  valueQuantity: { value: 4.1, unit: "mmol/L", system: "http://unitsofmeasure.org", code: "mmol/L" },
};

test("a choice of types is indexed by the type that is there", () => {
  const entries = entriesOf(potassium, [
    "code",
    "patient",
    "subject",
    "date",
    "status",
    "value-quantity",
    "value-string",
  ]);
  assert.deepEqual(
    [...entries].sort(([a], [b]) => (a < b ? -1 : 1)),
    [
      ["code", "http://loinc.org", "2823-3"],
      ["code", "Potassium"],
      ["date", Date.UTC(2026, 0, 1), farFutureMs],
      ["patient", "Patient/osei"],
      ["status", "final"],
      ["subject", "Patient/osei"],
      ["value-quantity", { low: 4.1, high: 4.1, unit: "mmol/L", system: "http://unitsofmeasure.org", code: "mmol/L" }],
    ],
  );
});

test("a parameter for patients passes over references to anything else", () => {
  const subject = (reference: JsonObject): readonly Entry[] =>
    entriesOf({ ...potassium, subject: reference }, ["patient"]);
  assert.deepEqual(subject({ reference: "Group/1" }), []);
  assert.deepEqual(subject({ reference: "https://example.org/fhir/Patient/1" }).length, 1);
  assert.deepEqual(subject({ reference: "urn:uuid:7f3c0b3e-0000-4000-8000-000000000000", type: "Patient" }).length, 1);
  assert.deepEqual(subject({ reference: "#p", type: "Patient" }), []);
  assert.deepEqual(subject({ identifier: { value: "9990000018" } }), []);
});

test("an open Period reaches to the ends of time, and a Timing from its first to its last moment", () => {
  const when = { ...potassium, effectivePeriod: { end: "2026-01-01" } };
  assert.deepEqual(entriesOf(when, ["date"]), [["date", farPastMs, Date.UTC(2026, 0, 2)]]);
  const timing: Resource = { resourceType: "Observation", effectiveTiming: { event: ["2026-03-01", "2026-01-01"] } };
  assert.deepEqual(entriesOf(timing, ["date"]), [["date", Date.UTC(2026, 0, 1), Date.UTC(2026, 2, 2)]]);
});

test("a date without an offset is taken in the zone given", () => {
  const [entry] = entriesOf(mrsOsei, ["birthdate"], 60);
  assert.deepEqual(entry, ["birthdate", Date.UTC(1961, 3, 30, 23), Date.UTC(1961, 4, 31, 23)]);
});

test("conditions on elements, array positions and extensions are followed", () => {
  const library: Resource = {
    resourceType: "Library",
    relatedArtifact: [
      { type: "depends-on", resource: "http://example.org/a" },
      { type: "successor", resource: "http://example.org/b" },
    ],
  };
  assert.deepEqual(entriesOf(library, ["depends-on", "successor"]), [
    ["depends-on", "http://example.org/a"],
    ["successor", "http://example.org/b"],
  ]);
  const bundle: Resource = {
    resourceType: "Bundle",
    entry: [{ resource: { resourceType: "Composition", id: "c" } }, { resource: { resourceType: "Patient", id: "p" } }],
  };
  assert.deepEqual(entriesOf(bundle, ["composition"]), [["composition", "Composition/c"]]);
  const url = "http://hl7.org/fhir/StructureDefinition/observation-geneticsDnaVariant";
  assert.deepEqual(entriesOf({ ...potassium, extension: [{ url, valueString: "NG_000" }] }, ["dna-variant"]), [
    ["dna-variant", "NG_000"],
  ]);
});

test("values of a wrong form are passed over", () => {
  const broken: Resource = {
    resourceType: "Patient",
    name: "Osei",
    gender: 7,
    birthDate: "soon",
    identifier: [null, 3],
  };
  assert.deepEqual(entriesOf(broken), [["deceased", "false"]]);
});

test("every R4 search parameter is indexed, or listed with its reason", () => {
  const all = new Set<string>();
  const missing = new Set<string>();
  for (const type of resourceTypes) {
    for (const parameter of searchParametersOf(type)) {
      all.add(parameter.url);
      if (!isIndexed(parameter, type)) missing.add(parameter.url.replace(/^.*\//, ""));
    }
  }
  assert.equal(all.size, 1387);
  assert.deepEqual([...missing].sort(), Object.values(unindexedParameters).flat().sort());
});
