import assert from "node:assert/strict";
import { test } from "node:test";
import type { Observation } from "#standards/fhir";
import { anObservation, aReport } from "../../../../test/builders/chart.ts";
import { wardTime } from "../../../../test/ward/index.ts";
import type { Panel } from "../api.ts";
import { cumulativeTable } from "./cumulative.ts";
import { panelOf } from "./panel.ts";
import { ResourceMap } from "./resource-map.ts";
import { resultOf } from "./result.ts";

/** A report of one day with these results. */
function onDay(day: string, ...observations: readonly Observation[]): Panel {
  const source = {
    patientId: "osei",
    hospitalTime: wardTime,
    resources: new ResourceMap(),
    earlier: new Map(),
    messages: new Map(),
  };
  const report = panelOf(aReport({ id: day, effectiveDateTime: day, result: [] }), source);
  return { ...report, results: observations.map((observation) => resultOf(observation, source)) };
}

const potassium = (value: number, overrides: Partial<Observation> = {}) =>
  anObservation({ valueQuantity: { value, unit: "mmol/L" }, ...overrides });
const sodium = (value: number) =>
  anObservation({ code: { text: "Sodium", coding: [{ code: "NA" }] }, valueQuantity: { value, unit: "mmol/L" } });

test("time runs to the right, tests stand in the order of the newest report, and gaps are gaps", () => {
  const table = cumulativeTable(
    [onDay("2026-11-23", sodium(139), potassium(4.1)), onDay("2026-11-20", potassium(5.9))],
    true,
  );
  assert.deepEqual(
    table.columns.map((column) => column.taken),
    ["2026-11-20", "2026-11-23"],
  );
  assert.deepEqual(
    table.rows.map((row) => [row.name.text, row.unit, row.cells.map((cell) => cell?.value.text ?? null)]),
    [
      ["Sodium", "mmol/L", [null, "139"]],
      ["Potassium", "mmol/L", ["5.9", "4.1"]],
    ],
  );
  assert.equal(table.older, true);
  assert.equal(table.rows[0]?.trendCode, "NA");
});

test("a unit that changed is named in each cell and not at the row", () => {
  const old = anObservation({ valueQuantity: { value: 16, unit: "mg/dL" } });
  const [row] = cumulativeTable([onDay("2026-11-23", potassium(4.1)), onDay("2026-11-20", old)], false).rows;
  assert.equal(row?.unit, undefined);
  assert.deepEqual(
    row?.cells.map((cell) => cell?.value.text),
    ["16 mg/dL", "4.1 mmol/L"],
  );
});

test("a test that a report has twice has two rows: nothing is dropped", () => {
  const { rows } = cumulativeTable([onDay("2026-11-23", potassium(6.2), potassium(4.3))], false);
  assert.deepEqual(
    rows.map((row) => row.cells[0]?.value.text),
    ["6.2", "4.3"],
  );
});

test("a cancelled result stays in its cell and says so", () => {
  const cancelled = anObservation({ status: "cancelled", dataAbsentReason: { text: "Haemolysed" } });
  const [row] = cumulativeTable([onDay("2026-11-23", cancelled)], false).rows;
  assert.deepEqual([row?.cells[0]?.value.text, row?.cells[0]?.status.text], ["Haemolysed", "Cancelled"]);
  assert.equal(row?.trendCode, undefined);
});

test("of no reports there is an empty table", () => {
  assert.deepEqual(cumulativeTable([], false), {
    panel: { text: "No such panel" },
    columns: [],
    rows: [],
    older: false,
  });
});
