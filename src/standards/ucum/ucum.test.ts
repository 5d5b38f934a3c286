/** Source: UCUM 2.2 (https://ucum.org/ucum), and the examples of its functional tests. */
import assert from "node:assert/strict";
import test from "node:test";
import tables from "./generated/atoms.json" with { type: "json" };
import { canonicalQuantity, isUcumUnit } from "./index.ts";

const valid: readonly string[] = [
  "m",
  "/m",
  "10*3/ul",
  "10*-3/ul",
  "10*+3/ul",
  "10*23",
  "m[H2O]",
  "m3.kg-1.s-2",
  "4.[pi].10*-7.N/A2",
  "{cells}",
  "1{tablet}",
  "{tablet}rad2",
  "10*3{RBC}/uL",
  "mm[Hg]",
  "mL/min/{1.73_m2}",
  "(mg/kg)/h",
  "%[slope]",
  "B[10.nV]",
  "[m/s2/Hz^(1/2)]",
  "KiBy",
  "mg/(12.h)",
  "dar",
];

for (const unit of valid) {
  test(`${unit} is a unit`, () => {
    assert.equal(isUcumUnit(unit), true);
  });
}

const invalid: readonly (readonly [unit: string, why: string])[] = [
  ["", "nothing is said"],
  ["m/", "nothing follows the slash"],
  ["10+3/ul", "10 takes no exponent"],
  ["iU", "it stands in square brackets"],
  ["molv", "there is none of this name"],
  ["[BETH'U]", "case matters"],
  ["g/12h", "a number and a unit are two"],
  ["mmol/kg[H20]", "the bracket is of no unit"],
  ["k[in_i]", "an inch takes no prefix"],
  ["mkg", "a unit takes one prefix"],
  ["mg dL", "there are no blanks"],
  ["mg/dL}", "an annotation has two ends"],
  ["(m", "a parenthesis has two ends"],
  ["(m/s)2", "a parenthesis takes no exponent"],
  ["constructor", "names of the program are none"],
];

for (const [unit, why] of invalid) {
  test(`"${unit}" is no unit: ${why}`, () => {
    assert.equal(isUcumUnit(unit), false);
    assert.equal(canonicalQuantity(1, unit), undefined);
  });
}

test("every unit of the published table is a unit in terms of base units", () => {
  const codes = [...tables.base, ...Object.keys(tables.units)];
  assert.equal(codes.length, 312);
  for (const code of codes) assert.ok(canonicalQuantity(1, code), code);
});

const same: readonly (readonly [value: number, unit: string, canonicalValue: number, canonicalUnit: string])[] = [
  [6.3, "mm", 0.0063, "m"],
  [6.3, "s.m-1", 6.3, "m-1.s"],
  [6.3, "s/m", 6.3, "m-1.s"],
  [6.3, "s.mm-2", 6_300_000, "m-2.s"],
  [6.3, "4.s/m", 25.2, "m-1.s"],
  [6.3, "s/mm/g", 6_300, "g-1.m-1.s"],
  [5.4, "mg/dL", 54, "g.m-3"],
  [0.054, "g/L", 54, "g.m-3"],
  [1, "m[Hg]", 133_322_000, "g.m-1.s-2"],
  [1, "S", 0.001, "C2.g-1.m-2.s"],
  [1, "[ly]", 9_460_730_472_580_800, "m"],
  [1, "[lb_av]", 453.59237, "g"],
  [1, "[mi_i]", 1_609.344, "m"],
  [4, "wk", 2_419_200, "s"],
  [100, "%", 1, "1"],
  [1, "10*3/uL", 1e12, "m-3"],
  [3, "k[iU]/L", 3_000_000, "[iU].m-3"],
  [3, "m[IU]/mL", 3_000, "[iU].m-3"],
  [1, "mmol/L", 6.02214076e23, "m-3"],
  [2, "{score}", 2, "1"],
  [1, "m0", 1, "1"],
  [1, "MiBy", 8_388_608, "1"],
];

for (const [value, unit, canonicalValue, text] of same) {
  test(`${value} ${unit} is ${canonicalValue} ${text}`, () => {
    assert.deepEqual(canonicalQuantity(value, unit), { value: canonicalValue, unit: text });
  });
}

test("quantities that are the same are equal to the last digit, whatever decimal unit they are said in", () => {
  for (let step = 0; step < 1_000; step += 1) {
    const milligrams = canonicalQuantity(step / 10, "mg/dL");
    assert.deepEqual(milligrams, canonicalQuantity(Number(`${step}e-1`), "mg/dL"));
    assert.deepEqual(milligrams, canonicalQuantity(Number(`${step}e-3`), "g/L"));
    assert.deepEqual(milligrams, canonicalQuantity(step, "ug/mL"));
    const millimoles = canonicalQuantity(step / 10, "mmol/L");
    assert.deepEqual(millimoles, canonicalQuantity(step * 100, "umol/L"));
    assert.deepEqual(millimoles, canonicalQuantity(Number(`${step}e-4`), "mol/L"));
  }
});

const special: readonly (readonly [value: number, unit: string, canonicalValue: number, canonicalUnit: string])[] = [
  [37, "Cel", 310.15, "K"],
  [1_000, "mCel", 274.15, "K"],
  [98.6, "[degF]", 310.15, "K"],
  [80, "[degRe]", 373.15, "K"],
  [7, "[pH]", 6.02214076e19, "m-3"],
  [20, "dB", 100, "1"],
  [0, "B[SPL]", 0.02, "g.m-1.s-2"],
  [100, "%[slope]", Math.PI / 4, "rad"],
  [100, "[p'diop]", Math.PI / 4, "rad"],
  [3, "bit_s", 8, "1"],
];

for (const [value, unit, canonicalValue, text] of special) {
  test(`${value} ${unit} is ${canonicalValue} ${text} on the scale of its base`, () => {
    const found = canonicalQuantity(value, unit);
    assert.equal(found?.unit, text);
    assert.ok(Math.abs((found?.value ?? 0) - canonicalValue) <= 1e-9 * canonicalValue, String(found?.value));
  });
}

test("a special unit in a product is a unit that no value can be converted from", () => {
  for (const unit of ["Cel/min", "Cel2", "m.[pH]"]) {
    assert.equal(isUcumUnit(unit), true);
    assert.equal(canonicalQuantity(1, unit), undefined);
  }
});

test("a unit of any length or nesting is read or refused, never too much", () => {
  assert.equal(isUcumUnit("(".repeat(100_000)), false);
  assert.equal(isUcumUnit(`${"m.".repeat(100_000)}m`), false);
  assert.equal(isUcumUnit(`${"(".repeat(8)}m${")".repeat(8)}`), true);
  assert.equal(canonicalQuantity(1, "Ym99999999999999999999"), undefined);
});
