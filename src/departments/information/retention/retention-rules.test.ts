/** How long records are kept. Source: Records Management Code of Practice 2021, appendix II. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type RetentionFacts, retentionOf } from "./retention-rules.ts";

const cases: readonly (readonly [string, Partial<RetentionFacts>, rule: string, until: string])[] = [
  ["an adult", { birthDay: "1950-05-01" }, "adult", "2018-03-10"],
  ["somebody whose birthday is not known", {}, "adult", "2018-03-10"],
  ["a child", { birthDay: "2002-07-01" }, "child", "2027-07-01"],
  ["a child of 17", { birthDay: "1992-05-01" }, "child", "2018-05-01"],
  ["a child who died", { birthDay: "2002-07-01", deathDay: "2010-03-12" }, "child", "2018-03-12"],
  ["mental health", { birthDay: "1950-05-01", classes: ["mental-health"] }, "mental-health", "2030-03-10"],
  [
    "mental health of somebody who died",
    { birthDay: "1950-05-01", classes: ["mental-health"], deathDay: "2011-01-01" },
    "mental-health",
    "2021-01-01",
  ],
  ["a birth", { birthDay: "1980-05-01", classes: ["maternity"] }, "maternity", "2035-03-10"],
  ["a birth and cancer", { birthDay: "1980-05-01", classes: ["maternity", "cancer"] }, "cancer", "2040-03-10"],
];

for (const [who, facts, rule, until] of cases) {
  test(`the record of ${who}, last seen on 10 March 2010, is kept by the rule ${rule} until ${until}`, () => {
    const kept = retentionOf({ lastContact: "2010-03-10", classes: [], ...facts });
    assert.deepEqual([kept.rule, kept.until], [rule, until]);
  });
}
