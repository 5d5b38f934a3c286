import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { TrendPoint } from "#departments/clinical/api";
import { drawnPoints, rangeBands, valueSpan } from "./trend-series.ts";

const final = { code: "final", text: "Final", tone: "final", stands: true } as const;

function aPoint(day: number, number: number, over: Partial<TrendPoint> = {}): TrendPoint {
  return {
    observationId: `o${day}`,
    timeMs: day,
    number,
    unit: "mmol/L",
    low: 3.5,
    high: 5.3,
    value: { kind: "number", text: `${number} mmol/L`, number },
    status: final,
    drawn: true,
    ...over,
  };
}

describe("A test over time", () => {
  it("draws what has a number and a time and stands", () => {
    const points = [aPoint(1, 4), aPoint(2, 5, { drawn: false }), aPoint(3, 4.5)];
    assert.deepEqual(
      drawnPoints(points).map(({ number }) => number),
      [4, 4.5],
    );
  });

  it("draws one unit only, that of the newest point", () => {
    const points = [aPoint(1, 400, { unit: "mg/dL" }), aPoint(2, 4), aPoint(3, 5)];
    assert.deepEqual(
      drawnPoints(points).map(({ number }) => number),
      [4, 5],
    );
  });

  it("has one band while the reference range stays the same", () => {
    const points = drawnPoints([aPoint(1, 4), aPoint(2, 5), aPoint(3, 4.5)]);
    assert.deepEqual(rangeBands(points), [{ fromMs: 1, toMs: 3, low: 3.5, high: 5.3 }]);
  });

  it("starts a new band where the laboratory changed the range, and leaves a gap where none was sent", () => {
    const { low: _low, high: _high, ...withoutRange } = aPoint(3, 4.5);
    const points = drawnPoints([aPoint(1, 4), aPoint(2, 5, { high: 5.5 }), withoutRange, aPoint(4, 4)]);
    assert.deepEqual(rangeBands(points), [
      { fromMs: 1, toMs: 2, low: 3.5, high: 5.3 },
      { fromMs: 2, toMs: 3, low: 3.5, high: 5.5 },
      { fromMs: 4, toMs: 4, low: 3.5, high: 5.3 },
    ]);
  });

  it("has room for every point and every bound", () => {
    const { bottom, top } = valueSpan(drawnPoints([aPoint(1, 4), aPoint(2, 7)]));
    assert.ok(bottom < 3.5 && bottom > 0);
    assert.ok(top > 7 && top < 8);
  });

  it("has height even when every value is the same", () => {
    const { low: _low, high: _high, ...single } = aPoint(1, 4);
    const { bottom, top } = valueSpan(drawnPoints([single]));
    assert.ok(top > bottom);
  });
});
