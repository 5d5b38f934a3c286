/** What differs between two bodies of one resource, value by value. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "#kernel";
import { type ElementDifference, elementDifferences } from "./element-differences.ts";

const loinc = { system: "http://loinc.org", code: "2823-3", display: "Potassium" };
const local = { system: "urn:lab", code: "K" };

const rows: readonly (readonly [
  says: string,
  before: JsonObject,
  after: JsonObject,
  differences: readonly ElementDifference[],
])[] = [
  ["the same values", { status: "final" }, { status: "final" }, []],
  [
    "what the record adds does not count",
    { resourceType: "Observation", id: "1", meta: { versionId: "1", lastUpdated: "2026", source: "#a" } },
    { meta: { source: "#a" } },
    [],
  ],
  [
    "a changed value is named with what it was",
    { valueQuantity: { value: 4.1, unit: "mmol/L" } },
    { valueQuantity: { value: 4.2, unit: "mmol/L" } },
    [{ where: "valueQuantity.value", before: "4.1", after: "4.2" }],
  ],
  [
    "what is new has no value before, what goes none after",
    { issued: "2026" },
    { note: [{ text: "Haemolysed" }] },
    [
      { where: "issued", before: "2026" },
      { where: "note[0].text", after: "Haemolysed" },
    ],
  ],
  [
    "codings are compared with each other wherever they stand",
    { code: { coding: [local, loinc] } },
    { code: { coding: [{ ...loinc, display: "Potassium in serum" }, local] } },
    [{ where: "code.coding[0].display", before: "Potassium", after: "Potassium in serum" }],
  ],
  [
    "a coding that is added disturbs no other",
    { code: { coding: [local] } },
    { code: { coding: [{ system: "http://loinc.org", code: "2823-3" }, local] } },
    [
      { where: "code.coding[0].system", after: "http://loinc.org" },
      { where: "code.coding[0].code", after: "2823-3" },
    ],
  ],
  [
    "items that do not say what they are are compared by their place",
    { name: [{ given: ["Adaeze", "N"] }] },
    { name: [{ given: ["Adaeze"] }] },
    [{ where: "name[0].given[1]", before: "N" }],
  ],
  [
    "a value that becomes an object is gone and its parts are new",
    { value: "4.1" },
    { value: { number: 4.1 } },
    [
      { where: "value.number", after: "4.1" },
      { where: "value", before: "4.1" },
    ],
  ],
  ["0 and false are values", { a: 0, b: false }, { a: 0, b: false }, []],
];

for (const [says, before, after, differences] of rows) {
  test(says, () => assert.deepEqual(elementDifferences(before, after), differences));
}
