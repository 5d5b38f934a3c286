/** A version compared with a search in memory, without the database. FHIR R4 §3.1.1 (search). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectOk, instant, type JsonObject } from "#kernel";
import { indexEntriesOf } from "../fhir/kinds.ts";
import { readCriterion } from "./criterion.ts";
import { type Seen, satisfies } from "./matching.ts";

const base = "http://corridor.example/fhir";
const now = instant(Date.parse("2026-11-23T09:30:00Z"));

function seen(kind: string, body: JsonObject): Seen {
  const whole = { resourceType: kind, id: "one", ...body };
  const stamp = { version: 1, position: 1, at: now, action: "create" } as const;
  return { version: { kind, id: "one", body: JSON.stringify(whole), ...stamp }, entries: indexEntriesOf(kind, whole) };
}

const potassium = seen("Observation", {
  status: "final",
  code: { coding: [{ system: "http://loinc.org", code: "2823-3", display: "Potassium" }] },
  subject: { reference: "Patient/osei" },
  effectiveDateTime: "2026-11-23T08:15:00Z",
  valueQuantity: { value: 6.1, unit: "mmol/L", system: "http://unitsofmeasure.org", code: "mmol/L" },
});

const osei = seen("Patient", {
  active: true,
  name: [{ family: "Osei-Bonsu", given: ["Ámà"] }],
  birthDate: "1961-04-12",
});

const cases: readonly (readonly [Seen, string, boolean | undefined])[] = [
  [potassium, "Observation", true],
  [potassium, "Observation?", true],
  [potassium, "Observation?code=2823-3", true],
  [potassium, "Observation?code=http://loinc.org|2823-3", true],
  [potassium, "Observation?code=http://snomed.info/sct|2823-3", false],
  [potassium, "Observation?code=1234,2823-3", true],
  [potassium, "Observation?code=1234", false],
  [potassium, "Observation?code:not=1234", true],
  [potassium, "Observation?code:not=2823-3", false],
  [potassium, "Observation?status=final&code=2823-3", true],
  [potassium, "Observation?status=preliminary&code=2823-3", false],
  [potassium, "Observation?subject=Patient/osei", true],
  [potassium, "Observation?patient=osei", true],
  [potassium, `Observation?subject=${base}/Patient/osei`, true],
  [potassium, "Observation?patient=Patient/khan", false],
  [potassium, "Observation?date=2026-11-23", true],
  [potassium, "Observation?date=ge2026-11-23T08:00:00Z", true],
  [potassium, "Observation?date=gt2026-11-24", false],
  [potassium, "Observation?date=lt2026-11-24", true],
  [potassium, "Observation?value-quantity=gt6", true],
  [potassium, "Observation?value-quantity=gt6|http://unitsofmeasure.org|mmol/L", true],
  [potassium, "Observation?value-quantity=gt7|http://unitsofmeasure.org|mmol/L", false],
  [potassium, "Observation?value-quantity=gt0.006|http://unitsofmeasure.org|mol/L", true],
  [potassium, "Observation?value-quantity=gt6||mg", false],
  [potassium, "Observation?code-value-quantity=2823-3$gt6", true],
  [potassium, "Observation?code-value-quantity=2823-3$gt7", false],
  [potassium, "Observation?encounter:missing=true", true],
  [potassium, "Observation?subject:missing=true", false],
  [potassium, "Observation?_id=one", true],
  [potassium, "Observation?_id=two", false],
  [potassium, "Observation?_lastUpdated=ge2026-11-23", true],
  [potassium, "Observation?_lastUpdated=lt2026-11-23", false],
  [osei, "Patient?name=ose", true],
  [osei, "Patient?name=bonsu", false],
  [osei, "Patient?name:contains=bonsu", true],
  [osei, "Patient?given=ama", true],
  [osei, "Patient?given:exact=ama", false],
  [osei, "Patient?given:exact=Ámà", true],
  [osei, "Patient?active=true&birthdate=le1961-12-31", true],
  [osei, "Patient?birthdate=1962", false],
  // What other resources, terminology or the words of a text decide is asked of the record.
  [potassium, "Observation?subject:Patient.name=osei", undefined],
  [osei, "Patient?_has:Observation:patient:code=2823-3", undefined],
  [potassium, "Observation?code:in=http://example.org/ValueSet/electrolytes", undefined],
  [potassium, "Observation?_content=potassium", undefined],
  // And only where nothing else has decided already.
  [potassium, "Observation?status=preliminary&subject:Patient.name=osei", false],
];

for (const [state, search, expected] of cases) {
  const verdict = expected === undefined ? "is asked of the record" : expected ? "is met" : "is not met";
  test(`${search} ${verdict}`, () => {
    const criterion = expectOk(readCriterion(search, { base, now }));
    assert.equal(satisfies(state, criterion.all), expected);
  });
}
