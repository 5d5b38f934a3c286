import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { resourceTypes, shapeOf } from "#standards/fhir";
import { keepHospitalClock } from "../../parts/clock/hospital-clock.ts";
import { elementLabel } from "./element-label.ts";
import { membersOf, valuesAlong } from "./members.ts";
import { resourceTitle } from "./resource-title.ts";
import { usualElements } from "./usual-elements.ts";
import { valueText } from "./value-text.ts";

keepHospitalClock("Europe/London");

const patient = {
  resourceType: "Patient",
  birthDate: "1961-03-12",
  id: "osei",
  name: [{ family: "Osei", given: ["Adaeze"], prefix: ["Mrs"] }, { text: "Ada" }],
  deceasedDateTime: "2026-07-01T11:30:00Z",
  _gender: { extension: [{ url: "http://example.org/absent", valueCode: "unknown" }] },
  oddity: 1,
};

describe("A value in one line", () => {
  const rows: readonly (readonly [type: string, value: unknown, text: string])[] = [
    ["HumanName", patient.name[0], "OSEI, Adaeze (Mrs)"],
    ["HumanName", patient.name[1], "Ada"],
    ["CodeableConcept", { coding: [{ code: "1" }, { code: "2", display: "Potassium" }] }, "Potassium"],
    ["CodeableConcept", { text: "K", coding: [{ display: "Potassium" }] }, "K"],
    ["Quantity", { value: 6.8, comparator: ">", unit: "mmol/L" }, ">6.8 mmol/L"],
    ["Period", { start: "2026-11-22" }, "from 22-Nov-2026"],
    ["Range", { low: { value: 3.5 }, high: { value: 5.3, unit: "mmol/L" } }, "3.5 to 5.3 mmol/L"],
    ["dateTime", "2026-07-01T11:30:00Z", "01-Jul-2026 12:30"],
    ["date", "1961-03", "Mar-1961"],
    ["boolean", false, "No"],
    ["Reference", { identifier: { value: "H1", type: { text: "Hospital number" } } }, "H1 (Hospital number)"],
    ["ContactPoint", { system: "phone", value: "01632 960001", use: "home" }, "01632 960001 (phone, home)"],
    ["SampledData", { period: 10, origin: { value: 1 } }, "10 1"],
    ["Quantity", undefined, ""],
  ];
  for (const [type, value, text] of rows)
    it(`of ${type}: ${text === "" ? "nothing" : text}`, () => assert.equal(valueText(type, value), text));
});

describe("The elements of a resource", () => {
  it("come in R4's order, with their types, and what R4 does not know comes last", () => {
    const told = membersOf("Patient", patient).map(({ key, name, type }) => [key, name, type]);
    assert.deepEqual(told, [
      ["id", "id", "id"],
      ["name", "name", "HumanName"],
      ["gender", "gender", "code"],
      ["birthDate", "birthDate", "date"],
      ["deceasedDateTime", "deceased", "dateTime"],
      ["oddity", "oddity", undefined],
    ]);
  });

  it("keep the extensions of a value that is not there", () => {
    const gender = membersOf("Patient", patient).find(({ name }) => name === "gender");
    assert.deepEqual(gender?.values, [
      { value: undefined, extensions: [{ url: "http://example.org/absent", valueCode: "unknown" }] },
    ]);
  });

  it("are found along a path, through lists and choices", () => {
    assert.deepEqual(valuesAlong("Patient", patient, "name.family"), [{ type: "string", value: "Osei" }]);
    assert.deepEqual(valuesAlong("Patient", patient, "deceased"), [
      { type: "dateTime", value: "2026-07-01T11:30:00Z" },
    ]);
    assert.deepEqual(valuesAlong("Patient", patient, "name.nothing"), []);
  });

  it("are named in words", () => {
    assert.equal(elementLabel("birthDate"), "Birth date");
    assert.equal(elementLabel("url"), "Url");
  });
});

describe("What a person would call a resource", () => {
  it("is its name or code, otherwise its id", () => {
    assert.equal(resourceTitle(patient), "OSEI, Adaeze (Mrs)");
    assert.equal(resourceTitle({ resourceType: "Observation", id: "k", code: { text: "Potassium" } }), "Potassium");
    assert.equal(resourceTitle({ resourceType: "Binary", id: "b1" }), "b1");
  });

  it("is looked for in elements that the type has", () => {
    for (const type of resourceTypes) {
      const names = new Set(shapeOf(type)?.elements.map(({ name }) => name));
      for (const path of usualElements(type)) assert.ok(names.has(path.split(".")[0] ?? ""), `${type}.${path}`);
    }
  });
});
