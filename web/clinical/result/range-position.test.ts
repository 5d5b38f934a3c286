import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { rangePosition } from "./range-position.ts";

describe("The small bar beside a reference range", () => {
  it("puts the range in its middle half", () => {
    assert.deepEqual(rangePosition({ number: 4, low: 2, high: 6 }), { at: 0.5, bandFrom: 0.25, bandTo: 0.75 });
  });

  it("puts a value at a bound on the edge of the band", () => {
    assert.equal(rangePosition({ number: 3.5, low: 3.5, high: 5.3 })?.at, 0.25);
    assert.equal(rangePosition({ number: 5.3, low: 3.5, high: 5.3 })?.at, 0.75);
  });

  it("keeps a value far outside at the end of the bar and says that it lies beyond", () => {
    assert.deepEqual(rangePosition({ number: 40, low: 3.5, high: 5.3 })?.beyond, "right");
    assert.deepEqual(rangePosition({ number: -9, low: 3.5, high: 5.3 })?.beyond, "left");
  });

  it("lets a range with one bound reach to the end of the bar", () => {
    assert.deepEqual(rangePosition({ number: 2.5, high: 5 }), { at: 0.33, bandFrom: 0, bandTo: 0.66 });
    assert.deepEqual(rangePosition({ number: 180, low: 90 }), { at: 0.68, bandFrom: 0.34, bandTo: 1 });
  });

  it("draws nothing without a range, or with one that contradicts itself", () => {
    assert.equal(rangePosition({ number: 4 }), undefined);
    assert.equal(rangePosition({ number: 4, low: 5, high: 3 }), undefined);
  });
});
