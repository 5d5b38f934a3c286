/** Source: NHS CUI Patient Banner 2.5: the units of an age by its length. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ageText, newbornAgeText } from "./age.ts";

test("each length of life has its units, and changes them on the day", () => {
  const ages: readonly (readonly [born: string, on: string, age: string])[] = [
    ["2026-11-23", "2026-11-23", "0d"],
    ["2026-11-16", "2026-11-23", "7d"],
    ["2026-10-27", "2026-11-23", "27d"],
    ["2026-10-26", "2026-11-23", "4w"],
    ["2026-09-30", "2026-11-23", "7w 5d"],
    ["2025-11-24", "2026-11-23", "52w"],
    ["2025-11-23", "2026-11-23", "12m"],
    ["2025-09-14", "2026-11-23", "14m 9d"],
    ["2024-11-24", "2026-11-23", "23m 30d"],
    ["2024-11-23", "2026-11-23", "2y"],
    ["2018-01-23", "2026-11-23", "8y 10m"],
    ["2008-11-24", "2026-11-23", "17y 11m"],
    ["2008-11-23", "2026-11-23", "18y"],
    ["1963-03-12", "2026-11-23", "63y"],
    ["1920-11-24", "2026-11-23", "105y"],
  ];
  for (const [born, on, age] of ages) assert.equal(ageText(born, on), age, `${born} on ${on}`);
});

test("one born on 29 February is a year older on 1 March of other years", () => {
  assert.equal(ageText("2004-02-29", "2026-02-28"), "21y");
  assert.equal(ageText("2004-02-29", "2026-03-01"), "22y");
  assert.equal(ageText("2004-02-29", "2024-02-29"), "20y");
});

test("a month without the day of birth ends on its last day", () => {
  assert.equal(ageText("2025-01-31", "2026-02-28"), "12m 28d");
  assert.equal(ageText("2025-01-31", "2026-03-02"), "13m 2d");
});

test("an age is not guessed from a year, nor given before birth", () => {
  assert.equal(ageText("1961", "2026-11-23"), undefined);
  assert.equal(ageText("2026-11-24", "2026-11-23"), undefined);
});

test("under two days the clock counts, where the time of birth is known", () => {
  const born = Date.parse("2026-11-22T07:30:00Z");
  const hour = 3_600_000;
  assert.equal(newbornAgeText(born, born + 45 * 60_000), "45min");
  assert.equal(newbornAgeText(born, born + 2 * hour), "2hr");
  assert.equal(newbornAgeText(born, born + 26 * hour), "26hr");
  assert.equal(newbornAgeText(born, born + 48 * hour), undefined);
  assert.equal(newbornAgeText(undefined, born), undefined);
});
