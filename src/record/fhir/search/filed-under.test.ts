/** Dates and quantities are filed under the code of their Observation, and found with it. FHIR R4 §3.1.1.4.14. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { JsonObject } from "#kernel";
import { loinc, searchWard, ucum } from "../../../../test/search-ward.ts";

interface Result {
  readonly id: string;
  readonly codes: readonly (readonly [system: string, code: string])[];
  readonly value: number;
  readonly date?: string;
}

function observation({ id, codes, value, date }: Result): JsonObject {
  return {
    resourceType: "Observation",
    id,
    status: "final",
    code: { coding: codes.map(([system, code]) => ({ system, code })) },
    valueQuantity: { value, unit: "g", system: ucum, code: "g" },
    ...(date === undefined ? {} : { effectiveDateTime: date }),
  };
}

const { find, record } = await searchWard(
  [
    {
      id: "twice-coded",
      codes: [
        ["urn:own", "k"],
        [loinc, "1-1"],
      ],
      value: 3,
      date: "2026-01-03",
    } as const,
    { id: "light", codes: [[loinc, "1-1"]], value: 1, date: "2026-01-01" } as const,
    { id: "undated", codes: [[loinc, "1-1"]], value: 2 } as const,
    { id: "another", codes: [[loinc, "2-2"]], value: 9, date: "2026-01-02" } as const,
    { id: "changed", codes: [[loinc, "1-1"]], value: 8, date: "2026-01-09" } as const,
  ].map(observation),
);
const body = observation({ id: "changed", codes: [[loinc, "2-2"]], value: 8, date: "2026-01-09" });
const changed = await record.transact({ operations: [{ action: "update", kind: "Observation", id: "changed", body }] });
assert.ok(changed.ok);

const cases: readonly (readonly [search: string, ...ids: string[]])[] = [
  ["code=http://loinc.org|1-1&value-quantity=ge2", "undated", "twice-coded"],
  [`code=http://loinc.org|1-1&value-quantity=ge2500|${ucum}|mg`, "twice-coded"],
  ["code=urn:own|k&value-quantity=ge2", "twice-coded"],
  ["code=k&value-quantity=ge2", "twice-coded"],
  ["code=http://loinc.org|&value-quantity=ge3", "changed", "another", "twice-coded"],
  ["code-value-quantity=http://loinc.org|1-1$ge2", "undated", "twice-coded"],
  ["code-value-quantity=http://loinc.org|2-2$ge2", "changed", "another"],
  ["code=http://loinc.org|1-1&date=ge2026-01-02", "twice-coded"],
  ["code=http://loinc.org|1-1&date=lt2026-01-02", "light"],
  ["code=http://loinc.org|1-1&_sort=-date", "twice-coded", "light", "undated"],
  ["code=http://loinc.org|1-1&_sort=date", "light", "twice-coded", "undated"],
  ["code=http://loinc.org|1-1&_sort=-date&_count=1", "twice-coded"],
  ["code=urn:own|k&_sort=-date", "twice-coded"],
  ["_sort=-date", "changed", "twice-coded", "another", "light", "undated"],
  ["code:not=http://loinc.org|1-1&value-quantity=ge2", "changed", "another"],
];

describe("what is filed under a code", () => {
  for (const [search, ...ids] of cases) {
    it(search, async () => assert.deepEqual(await find(`Observation?${search}`), ids));
  }
});
