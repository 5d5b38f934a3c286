/** The computable conditions of the guide's rows, in the dialects that the sheets use. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseMessage } from "#standards/hl7v2";
import { parseCondition } from "./condition.ts";
import { testOf } from "./condition-test.ts";

const text = [
  "MSH|^~\\&|LAB|MEADOW|||20240102||ORU^R01|1|P|2.4",
  'PID|1||123^^^X||OSEI^AMA||19500101|F|||1 Elm^^^^^^H~2 Oak||""',
  "OBX|1|SN|K^Potassium||<^3|mmol/L||||F",
].join("\r");

const message = parseMessage(text);

function holds(condition: string, self = "OBX-5"): boolean | undefined {
  const parsed = parseCondition(condition, self);
  const segment = message.segments.find(({ name }) => name === "OBX");
  assert.ok(segment);
  const lookup = (name: string) => message.segments.find((each) => each.name === name);
  const source = { segment, value: segment.field(5), type: undefined, lookup, settings: { realm: "uk" } };
  return parsed && testOf(parsed)(source);
}

const cases: readonly (readonly [string, boolean | undefined])[] = [
  ["IF OBX-2 VALUED", true],
  ["IF OBX-2 IS VALUED", true],
  ["IF OBX-7 VALUE", false],
  ["IF OBX-7 NOT VALUED", true],
  ["IF PID-12 VALUED", false],
  ['IF OBX-2="SN"', true],
  ['IF OBX-2 EQUALS "SN" AND OBX-5.1 NOT EQUALS "<>" AND OBX-5.3 NOT IN (":", "/")', true],
  ['IF (OBX-2 EQUALS "SN" AND OBX-5.1 EQUALS "<>"', false],
  ["IF PID-11 LST.COUNT EQUALS 1 AND PID-11.9 IS NOT VALUED", false],
  ["IF PID-11 LST.COUNT GREATER THAN 1", true],
  ["IF OBX-5 COUNT>1", false],
  ["IF PID-7 LENGTH GREATER THAN 8", false],
  ["IF PID-33 AND PID-3 VALUED", false],
  ["IF PID-33 OR PID-3 IS VALUED", true],
  ["IF ORC VALUED", false],
  ['$realm NOT EQUALS "us"', true],
  ["IF THE MOON IS FULL", undefined],
];

for (const [condition, expected] of cases) {
  test(`${condition} ${expected === undefined ? "is no condition" : expected ? "holds" : "does not hold"}`, () => {
    assert.equal(holds(condition), expected);
  });
}
