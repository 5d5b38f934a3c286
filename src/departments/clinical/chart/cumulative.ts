import type { CumulativeCell, CumulativeColumn, CumulativeRow, CumulativeTable, Panel, Result } from "../api.ts";
import { present } from "../messages/present.ts";
import { tokenOf } from "./coded-text.ts";
import { withUnit } from "./result-value.ts";

/**
 * Reports of one panel as laboratories print them: tests down, time to the right. `panels` are newest first.
 * A test that a report has twice has a second row.
 */
export function cumulativeTable(panels: readonly Panel[], older: boolean): CumulativeTable {
  const columns = [...panels].reverse();
  const results = columns.map((panel) => resultsByTest(panel));
  return {
    panel: panels[0]?.name ?? { text: "No such panel" },
    columns: columns.map(columnOf),
    rows: testsOf(panels).map((test) => rowOf(results.map((column) => column.get(test)))),
    older,
  };
}

function columnOf(panel: Panel): CumulativeColumn {
  return present<CumulativeColumn>({ reportId: panel.id, taken: panel.taken, status: panel.status });
}

/** Every test, in the order of the newest report that has it. */
function testsOf(panels: readonly Panel[]): readonly string[] {
  return [...new Set(panels.flatMap((panel) => [...resultsByTest(panel).keys()]))];
}

/** Each result by its test and how often the report had it before. */
function resultsByTest(panel: Panel): ReadonlyMap<string, Result> {
  const found = new Map<string, Result>();
  const counts = new Map<string, number>();
  for (const result of panel.results.flatMap(flat)) {
    const test = testOf(result);
    const count = counts.get(test) ?? 0;
    counts.set(test, count + 1);
    found.set(`${test}\u0000${count}`, result);
  }
  return found;
}

/** A heading gives way to its parts; an organism's sensitivities stay out of a table over time. */
function flat(result: Result): readonly Result[] {
  if (result.organism !== undefined || result.parts.length === 0) return [result];
  const parts = result.parts.flatMap(flat);
  return result.value.kind === "none" ? parts : [result, ...parts];
}

function testOf(result: Result): string {
  return result.name.code === undefined ? result.name.text : tokenOf(result.name);
}

function rowOf(results: readonly (Result | undefined)[]): CumulativeRow {
  const newest = results.findLast((result) => result !== undefined);
  const unit = commonUnit(results);
  const numeric = results.some((result) => result?.value.kind === "number");
  return present<CumulativeRow>({
    name: newest?.name ?? { text: "" },
    trendCode: numeric && newest?.name.code !== undefined ? tokenOf(newest.name) : undefined,
    unit,
    range: newest?.range,
    cells: results.map((result) => (result === undefined ? null : cellOf(result, unit))),
  });
}

/** The unit of every number in the row, where they all have the same. */
function commonUnit(results: readonly (Result | undefined)[]): string | undefined {
  const units = new Set(results.flatMap((result) => (result?.value.kind === "number" ? [result.value.unit] : [])));
  return units.size === 1 ? [...units][0] : undefined;
}

/** The row's unit is said once; a value in another unit says its own. */
function cellOf(result: Result, rowUnit: string | undefined): CumulativeCell {
  const { amount, unit } = result.value;
  const text = amount === undefined ? result.value.text : withUnit(amount, unit === rowUnit ? undefined : unit);
  return present<CumulativeCell>({
    observationId: result.id,
    value: { ...result.value, text },
    status: result.status,
    interpretation: result.interpretation,
    outsideRange: result.outsideRange,
    range: result.range,
  });
}
