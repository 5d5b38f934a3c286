import { integerFrom } from "../arithmetic.ts";
import { asDecimal, isNumber, isTagged } from "../comparison.ts";
import {
  ceiling,
  type Decimal,
  decimalFrom,
  decimalOf,
  floor,
  negate,
  rounded,
  toNumber,
  truncated,
} from "../decimal.ts";
import { type Collection, none, one } from "../node.ts";
import { fail, type Run } from "../run.ts";
import type { SystemValue } from "../system-value.ts";
import { integerOf, singleValue } from "../values.ts";
import { type FunctionTable, valueFunction } from "./rule.ts";

const placesMax = 28;

/** Source: FHIRPath 2.0 §5.7 (Math). */
export const mathematicsFunctions: FunctionTable = {
  abs: valueFunction(0, (run, input) => one(absolute(run, singleValue(run, input)))),
  ceiling: valueFunction(0, (run, input) => whole(run, input, ceiling)),
  floor: valueFunction(0, (run, input) => whole(run, input, floor)),
  truncate: valueFunction(0, (run, input) => whole(run, input, (decimal) => truncated(decimal, 0).digits)),
  exp: valueFunction(0, (run, input) => real(run, input, Math.exp)),
  ln: valueFunction(0, (run, input) => real(run, input, Math.log)),
  sqrt: valueFunction(0, (run, input) => real(run, input, Math.sqrt)),
  log: valueFunction(1, (run, input, [base = none]) => {
    const by = numberOf(run, base);
    return by === undefined ? none : real(run, input, (value) => Math.log(value) / Math.log(toNumber(asDecimal(by))));
  }),
  power: valueFunction(1, power),
  round: valueFunction([0, 1], round),
};

function numberOf(run: Run, input: Collection): number | Decimal | undefined {
  const value = singleValue(run, input);
  if (value === undefined || isNumber(value)) return value;
  fail(run, "fhirpath-wrong-type", "A number is expected here.");
  return undefined;
}

function absolute(run: Run, value: SystemValue | undefined): SystemValue | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "number") return Math.abs(value);
  if (isTagged(value, "quantity")) return { ...value, value: positive(value.value) };
  if (isNumber(value)) return positive(value);
  fail(run, "fhirpath-wrong-type", "A number or quantity is expected here.");
  return undefined;
}

function positive(decimal: Decimal): Decimal {
  return decimal.digits < 0n ? negate(decimal) : decimal;
}

function whole(run: Run, input: Collection, cut: (decimal: Decimal) => bigint): Collection {
  const value = numberOf(run, input);
  return value === undefined ? none : one(integerFrom(cut(asDecimal(value))));
}

/** By floating point; empty where there is no real number. */
function real(run: Run, input: Collection, work: (value: number) => number): Collection {
  const value = numberOf(run, input);
  return value === undefined ? none : one(decimalFrom(work(toNumber(asDecimal(value)))));
}

function power(run: Run, input: Collection, [exponentGiven = none]: readonly Collection[]): Collection {
  const [base, exponent] = [numberOf(run, input), numberOf(run, exponentGiven)];
  if (base === undefined || exponent === undefined) return none;
  const result = toNumber(asDecimal(base)) ** toNumber(asDecimal(exponent));
  const isInteger = typeof base === "number" && typeof exponent === "number" && exponent >= 0;
  if (isInteger && Math.abs(result) <= 2_147_483_647) return one(result);
  return one(decimalFrom(result));
}

function round(run: Run, input: Collection, [placesGiven]: readonly Collection[]): Collection {
  const value = numberOf(run, input);
  const places = placesGiven === undefined ? 0 : integerOf(run, placesGiven);
  if (value === undefined || places === undefined) return none;
  if (places < 0 || places > placesMax) {
    return fail(run, "fhirpath-wrong-value", `Numbers are rounded to 0 to ${placesMax} places.`);
  }
  const decimal = asDecimal(value);
  return one(places >= decimal.scale ? decimalOf(decimal.digits, decimal.scale) : rounded(decimal, places));
}
