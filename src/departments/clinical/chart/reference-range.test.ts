import assert from "node:assert/strict";
import { test } from "node:test";
import type { ObservationReferenceRange, Quantity } from "#standards/fhir";
import { outsideRange, referenceRange } from "./reference-range.ts";

const mmol = (value: number): Quantity => ({ value, unit: "mmol/L" });
const potassium: ObservationReferenceRange = { low: mmol(3.5), high: mmol(5.3) };

function textOf(...ranges: readonly ObservationReferenceRange[]): string | undefined {
  return referenceRange(ranges, "mmol/L")?.text;
}

test("the laboratory's own words go before its limits", () => {
  assert.equal(textOf({ ...potassium, text: "3.5 to 5.3" }), "3.5 to 5.3");
  assert.equal(textOf(potassium), "3.5 - 5.3");
  assert.equal(textOf({ high: mmol(5) }), "≤5");
  assert.equal(textOf({ low: mmol(60) }), "≥60");
});

test("a unit is named where it is not that of the value", () => {
  assert.equal(textOf({ low: { value: 10, unit: "mg/dL" }, high: { value: 20, unit: "mg/dL" } }), "10 - 20 mg/dL");
});

test("the normal range comes first, a therapeutic one says what it is", () => {
  const therapeutic = {
    low: mmol(0.4),
    high: mmol(1),
    type: { coding: [{ code: "therapeutic", display: "Therapeutic" }] },
  };
  const normal = { ...potassium, type: { coding: [{ code: "normal", display: "Normal Range" }] } };
  assert.equal(textOf(therapeutic, normal), "3.5 - 5.3; Therapeutic: 0.4 - 1");
  assert.deepEqual(referenceRange([therapeutic, normal], "mmol/L")?.low, mmol(3.5));
});

test("without a range there is none", () => {
  assert.equal(referenceRange(undefined, "mmol/L"), undefined);
  assert.equal(referenceRange([{}], "mmol/L"), undefined);
});

test("a value at its limit is inside, one beyond it is outside", () => {
  const range = referenceRange([potassium], "mmol/L");
  assert.equal(outsideRange(mmol(5.3), range), undefined);
  assert.equal(outsideRange(mmol(3.5), range), undefined);
  assert.equal(outsideRange(mmol(6.2), range), "above");
  assert.equal(outsideRange(mmol(2.9), range), "below");
});

test("a bound is only outside where every value it allows is", () => {
  const range = referenceRange([potassium], "mmol/L");
  assert.equal(outsideRange({ ...mmol(3), comparator: "<" }, range), "below");
  assert.equal(outsideRange({ ...mmol(3.5), comparator: "<" }, range), "below");
  assert.equal(outsideRange({ ...mmol(4), comparator: "<" }, range), undefined);
  assert.equal(outsideRange({ ...mmol(9), comparator: "<" }, range), undefined);
  assert.equal(outsideRange({ ...mmol(5.3), comparator: ">" }, range), "above");
  assert.equal(outsideRange({ ...mmol(4), comparator: ">" }, range), undefined);
});

test("values and limits in different units are not compared", () => {
  const range = referenceRange([potassium], "mg/dL");
  assert.equal(outsideRange({ value: 16, unit: "mg/dL" }, range), undefined);
});
