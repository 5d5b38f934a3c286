import assert from "node:assert/strict";
import { test } from "node:test";
import type { Observation } from "#standards/fhir";
import { anObservation } from "../../../../test/builders/chart.ts";
import { wardTime } from "../../../../test/ward/index.ts";
import { ResourceMap } from "./resource-map.ts";
import { trendOf } from "./trend.ts";

function trend(code: string, ...observations: readonly Observation[]) {
  const source = { patientId: "osei", hospitalTime: wardTime, resources: new ResourceMap(), earlier: new Map() };
  return trendOf({ code, observations, source, older: false, position: 9 });
}

const on = (day: string, value: number, overrides: Partial<Observation> = {}) =>
  anObservation({ effectiveDateTime: day, valueQuantity: { value, unit: "mmol/L" }, ...overrides });

test("points run from the oldest to the newest, each with its own range", () => {
  const { points, units, name } = trend("2823-3", on("2026-11-23", 4.1), on("2026-11-20", 5.9));
  assert.equal(name.text, "Potassium");
  assert.deepEqual(units, ["mmol/L"]);
  assert.deepEqual(
    points.map((point) => [point.time, point.timeMs, point.number, point.low, point.high, point.outsideRange]),
    [
      ["2026-11-20", Date.parse("2026-11-20"), 5.9, 3.5, 5.3, "above"],
      ["2026-11-23", Date.parse("2026-11-23"), 4.1, 3.5, 5.3, undefined],
    ],
  );
});

test("a cancelled result, a text and one without a time are listed and not drawn", () => {
  const { effectiveDateTime: _, ...untimed } = on("2026-11-21", 4);
  const { points } = trend(
    "2823-3",
    on("2026-11-23", 9.9, { status: "entered-in-error" }),
    anObservation({ valueString: "Haemolysed" }),
    untimed,
  );
  assert.deepEqual(
    points.map((point) => point.drawn),
    [false, false, false],
  );
});

test("a bound is drawn as a bound", () => {
  const [point] = trend("2823-3", anObservation({ valueQuantity: { value: 5, comparator: "<", unit: "mg/L" } })).points;
  assert.deepEqual([point?.drawn, point?.number, point?.value.comparator], [true, 5, "<"]);
});

test("different units are told, so that they are not drawn on one axis", () => {
  const old = anObservation({ valueQuantity: { value: 16, unit: "mg/dL" } });
  assert.deepEqual(trend("2823-3", on("2026-11-23", 4.1), old).units, ["mg/dL", "mmol/L"]);
});

test("a part of an observation is followed by its own code and the time of the whole", () => {
  const component = [
    {
      code: { text: "Systolic", coding: [{ system: "http://loinc.org", code: "8480-6" }] },
      valueQuantity: { value: 128, unit: "mmHg" },
    },
  ];
  const pressure = anObservation({ code: { text: "Blood pressure" }, component, effectiveDateTime: "2026-11-23" });
  const { name, points } = trend("http://loinc.org|8480-6", pressure);
  assert.equal(name.text, "Systolic");
  assert.deepEqual([points[0]?.number, points[0]?.time, points[0]?.drawn], [128, "2026-11-23", true]);
});
