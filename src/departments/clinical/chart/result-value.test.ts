/** What stands in the value column of a chart: it must be what the laboratory said, no more and no less. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Observation, Quantity } from "#standards/fhir";
import { anObservation } from "../../../../test/builders/chart.ts";
import { aucklandTime, wardTime } from "../../../../test/ward/index.ts";
import { resultValue } from "./result-value.ts";

const alone = { hasParts: false, hospitalTime: wardTime };

const precisionUrl = "http://hl7.org/fhir/StructureDefinition/quantity-precision";

function textOf(overrides: Partial<Observation>): string {
  return resultValue(anObservation(overrides), alone).text;
}

function numbered(valueQuantity: Quantity): string {
  return textOf({ valueQuantity });
}

test("a number stands with its unit as sent", () => {
  assert.equal(numbered({ value: 4.1, unit: "mmol/L", code: "mmol/L" }), "4.1 mmol/L");
  assert.equal(numbered({ value: 43, unit: "%" }), "43%");
  assert.equal(numbered({ value: 7.2, unit: "x10^9/L", code: "10*9/L" }), "7.2 x10^9/L");
  assert.equal(numbered({ value: 1.02 }), "1.02");
  assert.equal(numbered({ value: 0, unit: "g/L" }), "0 g/L");
  assert.equal(numbered({ value: -2.5, unit: "mmol/L" }), "-2.5 mmol/L");
});

test("a comparator stays before its number", () => {
  const value = resultValue(anObservation({ valueQuantity: { value: 5, comparator: "<", unit: "mg/L" } }), alone);
  assert.deepEqual(value, { kind: "number", text: "<5 mg/L", amount: "<5", number: 5, comparator: "<", unit: "mg/L" });
  assert.equal(numbered({ value: 90, comparator: ">", unit: "mL/min/1.73m2" }), ">90 mL/min/1.73m2");
});

test("decimals that were measured are not dropped", () => {
  const _value = { extension: [{ url: precisionUrl, valueInteger: 2 }] };
  assert.equal(numbered({ value: 4.1, unit: "mmol/L", _value }), "4.10 mmol/L");
  assert.equal(
    numbered({ value: 5, comparator: "<", _value: { extension: [{ url: precisionUrl, valueInteger: 1 }] } }),
    "<5.0",
  );
  assert.equal(numbered({ value: 4.126, _value }), "4.126", "more digits than the stated precision are kept");
});

test("very small and very large numbers are written out", () => {
  assert.equal(numbered({ value: 0.0000004, unit: "mol/L" }), "0.0000004 mol/L");
  assert.equal(numbered({ value: 1.25e-7 }), "0.000000125");
  assert.equal(numbered({ value: 2e21 }), "2000000000000000000000");
});

test("codes, texts, titres, ranges, times and booleans are shown in words", () => {
  assert.equal(textOf({ valueCodeableConcept: { coding: [{ code: "POS", display: "Positive" }] } }), "Positive");
  assert.equal(
    textOf({ valueCodeableConcept: { text: "Group A Rh(D) positive", coding: [{ code: "A+" }] } }),
    "Group A Rh(D) positive",
  );
  assert.equal(textOf({ valueString: "Haemolysed" }), "Haemolysed");
  assert.equal(textOf({ valueRatio: { numerator: { value: 1 }, denominator: { value: 128 } } }), "1:128");
  assert.equal(
    textOf({ valueRange: { low: { value: 2, unit: "/HPF" }, high: { value: 5, unit: "/HPF" } } }),
    "2 - 5 /HPF",
  );
  assert.equal(textOf({ valueDateTime: "2026-11-20" }), "20-Nov-2026");
  assert.equal(textOf({ valueTime: "07:45:00" }), "07:45");
  assert.equal(textOf({ valueInteger: 3 }), "3");
  assert.equal(textOf({ valueBoolean: false }), "No");
});

test("a time of day is shown on the hospital's clock, in summer too", () => {
  assert.equal(textOf({ valueDateTime: "2026-07-01T08:15:00Z" }), "01-Jul-2026 09:15");
  assert.equal(textOf({ valueDateTime: "2026-12-01T08:15:00+01:00" }), "01-Dec-2026 07:15");
  const inAuckland = { hasParts: false, hospitalTime: aucklandTime };
  const observation = anObservation({ valueDateTime: "2026-12-01T20:15:00Z" });
  assert.equal(resultValue(observation, inAuckland).text, "02-Dec-2026 09:15");
});

test("text whose spaces matter is to be shown in fixed width, a sentence is not", () => {
  const table = "Culture\n  Escherichia coli      >10^5\n  Trimethoprim          R";
  assert.equal(resultValue(anObservation({ valueString: table }), alone).laidOut, true);
  assert.equal(resultValue(anObservation({ valueString: "First line.\nSecond line." }), alone).laidOut, undefined);
  assert.equal(resultValue(anObservation({ valueString: "Note:   spaced" }), alone).laidOut, undefined);
});

test("a missing value says why, and an empty cell is never left for the reader to guess", () => {
  const notPerformed = { coding: [{ code: "not-performed" }] };
  assert.deepEqual(resultValue(anObservation({ dataAbsentReason: notPerformed }), alone), {
    kind: "absent",
    text: "Not performed",
  });
  assert.equal(textOf({ dataAbsentReason: { ...notPerformed, text: "Insufficient sample" } }), "Insufficient sample");
  const { valueQuantity: _, ...empty } = anObservation();
  assert.deepEqual(resultValue(empty, alone), { kind: "absent", text: "No value sent" });
  assert.deepEqual(
    resultValue(empty, { ...alone, hasParts: true }),
    { kind: "none", text: "" },
    "a heading whose parts hold the values",
  );
});
