import { canonicalQuantity } from "#standards/ucum";
import { definiteCode, wordOfCode } from "./calendar-unit.ts";
import { compareDecimals, type Decimal, decimalFrom, decimalOf, rounded, toNumber } from "./decimal.ts";
import type { Quantity } from "./system-value.ts";

/** Computers' rounding in unit conversions; what differs by less is equal. */
const relativeNoise = 1e-12;

const one = decimalOf(1n, 0);

/** The code to convert by; undefined for a calendar's year and month. */
function codeOf({ unit, isCalendar }: Quantity): string | undefined {
  return isCalendar ? definiteCode(unit) : unit;
}

function isSameUnit(left: Quantity, right: Quantity): boolean {
  return left.unit === right.unit && left.isCalendar === right.isCalendar;
}

/** The value in the unit of `to`; undefined where they are no units of one kind. A year has 12 months, however long. */
function converted(quantity: Quantity, to: Quantity): number | undefined {
  const months = monthsOf(quantity);
  const unitMonths = monthsOf({ ...to, value: one });
  if (months !== undefined && unitMonths !== undefined) return months / unitMonths;
  const [from, target] = [codeOf(quantity), codeOf(to)];
  if (from === undefined || target === undefined) return undefined;
  const base = canonicalQuantity(toNumber(quantity.value), from);
  const zero = canonicalQuantity(0, target);
  const unit = canonicalQuantity(1, target);
  if (base === undefined || unit === undefined || zero === undefined || base.unit !== unit.unit) return undefined;
  return (base.value - zero.value) / (unit.value - zero.value);
}

function monthsOf({ value, unit, isCalendar }: Quantity): number | undefined {
  if (!isCalendar || (unit !== "year" && unit !== "month")) return undefined;
  return toNumber(value) * (unit === "year" ? 12 : 1);
}

/** Below, at or above 0; undefined where the two cannot be compared. */
export function compareQuantities(left: Quantity, right: Quantity): number | undefined {
  if (isSameUnit(left, right)) return compareDecimals(left.value, right.value);
  const other = converted(right, left);
  if (other === undefined) return undefined;
  const value = toNumber(left.value);
  const difference = value - other;
  return Math.abs(difference) <= relativeNoise * Math.max(Math.abs(value), Math.abs(other)) ? 0 : difference;
}

/** The value in the unit of another quantity; undefined where the two are not of one kind. */
export function inUnitOf(quantity: Quantity, other: Quantity): Decimal | undefined {
  if (isSameUnit(quantity, other)) return quantity.value;
  const value = converted(quantity, other);
  return value === undefined ? undefined : decimalFrom(value);
}

/** Whether both measure the same kind of thing. */
export function isComparable(left: Quantity, right: Quantity): boolean {
  return isSameUnit(left, right) || converted(right, left) !== undefined;
}

/** Equal as far as the less precise of the two goes; a calendar's year and month are taken for UCUM's. */
export function isEquivalentQuantity(leftGiven: Quantity, rightGiven: Quantity): boolean {
  const [left, right] = [inCalendar(leftGiven), inCalendar(rightGiven)];
  const scale = Math.min(left.value.scale, right.value.scale);
  if (isSameUnit(left, right)) return compareDecimals(rounded(left.value, scale), rounded(right.value, scale)) === 0;
  return isNear(left, right) || isNear(right, left);
}

function inCalendar(quantity: Quantity): Quantity {
  const word = quantity.isCalendar ? undefined : wordOfCode(quantity.unit);
  return word === undefined ? quantity : { ...quantity, unit: word, isCalendar: true };
}

function isNear(left: Quantity, right: Quantity): boolean {
  const other = converted(right, left);
  const decimal = other === undefined ? undefined : decimalFrom(other);
  return decimal !== undefined && compareDecimals(rounded(decimal, left.value.scale), left.value) === 0;
}

/** The unit of a product or quotient; undefined where one is a calendar's year or month. */
export function unitOfProduct(left: Quantity, right: Quantity, sign: "." | "/"): string | undefined {
  const [first, second] = [codeOf(left), codeOf(right)];
  if (first === undefined || second === undefined) return undefined;
  if (second === "1") return first;
  if (first === "1" && sign === ".") return second;
  if (first === second && sign === "/") return "1";
  return `(${first})${sign}(${second})`;
}
