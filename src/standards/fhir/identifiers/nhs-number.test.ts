/** Source: NHS Data Dictionary, NHS NUMBER: weights 10 to 2, the sum modulo 11 taken from 11. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkNhsNumber, formatNhsNumber, nhsCheckDigit } from "./nhs-number.ts";

test("an NHS number is accepted with and without spaces, and comes back as ten digits", () => {
  for (const text of ["9434765919", "943 476 5919", " 943 476 5919 "]) {
    assert.deepEqual(checkNhsNumber(text), { ok: true, value: "9434765919" });
  }
});

test("a wrong digit, two swapped ones and a wrong length are refused", () => {
  for (const text of ["9434765918", "9443765919", "943476591", "94347659190", "943-476-5919", "943476591X", ""]) {
    assert.equal(checkNhsNumber(text).ok, false, text);
  }
});

test("the check digit of 11 is 0, and nine digits whose check digit would be 10 start no number", () => {
  assert.equal(nhsCheckDigit("943476591"), 9);
  assert.equal(nhsCheckDigit("000000000"), 0);
  assert.equal(nhsCheckDigit("000000006"), undefined);
  for (let last = 0; last < 10; last += 1) assert.equal(checkNhsNumber(`000000006${last}`).ok, false);
});

test("an NHS number is written 3-3-4", () => {
  assert.equal(formatNhsNumber("9434765919"), "943 476 5919");
});
