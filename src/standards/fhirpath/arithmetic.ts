import { calendarWord, definiteCode, wordOfCode } from "./calendar-unit.ts";
import { asDecimal, asQuantity, isNumber, isTagged, isTemporal } from "./comparison.ts";
import { add, type Decimal, divide, divideWhole, multiply, negate, remainder, subtract, truncated } from "./decimal.ts";
import type { Quantity, SystemValue } from "./system-value.ts";
import { daysIn, startMs, type Temporal, temporalAt } from "./temporal.ts";
import { inUnitOf, unitOfProduct } from "./units.ts";

/** Undefined where the operation is not defined; no value where it has no result (division by zero, overflow). */
export type Calculated = { readonly value: SystemValue | undefined } | undefined;

export type ArithmeticOperator = "+" | "-" | "*" | "/" | "div" | "mod";

const integerMax = 2_147_483_647;

/** Undefined where the operator is not defined for these types; a value that is undefined where there is no result. */
export function calculate(operator: ArithmeticOperator, left: SystemValue, right: SystemValue): Calculated {
  if (isNumber(left) && isNumber(right)) return { value: calculateNumbers(operator, left, right) };
  if (operator === "+" && typeof left === "string" && typeof right === "string") return { value: left + right };
  if (isTemporal(left) && isTagged(right, "quantity") && (operator === "+" || operator === "-")) {
    return shifted(left, right, operator === "+" ? 1 : -1);
  }
  const [first, second] = [asQuantity(left), asQuantity(right)];
  return first === undefined || second === undefined ? undefined : calculateQuantities(operator, first, second);
}

function calculateNumbers(
  operator: ArithmeticOperator,
  left: number | Decimal,
  right: number | Decimal,
): SystemValue | undefined {
  const areIntegers = typeof left === "number" && typeof right === "number";
  if (areIntegers && operator !== "/") return integerResult(operator, left, right);
  const result = calculateDecimals(operator, asDecimal(left), asDecimal(right));
  return typeof result === "bigint" ? integerFrom(result) : result;
}

function integerResult(operator: Exclude<ArithmeticOperator, "/">, left: number, right: number): number | undefined {
  const result = {
    "+": left + right,
    "-": left - right,
    "*": left * right,
    div: Math.trunc(left / right),
    mod: left % right,
  };
  return withinInteger(result[operator]);
}

function withinInteger(value: number): number | undefined {
  // Minus zero is zero.
  return Math.abs(value) <= integerMax ? value + 0 : undefined;
}

/** Undefined where it is too large for an Integer. */
export function integerFrom(value: bigint): number | undefined {
  return value >= -2_147_483_648n && value <= 2_147_483_647n ? Number(value) : undefined;
}

function calculateDecimals(operator: ArithmeticOperator, left: Decimal, right: Decimal): Decimal | bigint | undefined {
  switch (operator) {
    case "+":
      return add(left, right);
    case "-":
      return subtract(left, right);
    case "*":
      return multiply(left, right);
    case "/":
      return divide(left, right);
    case "div":
      return divideWhole(left, right);
    case "mod":
      return remainder(left, right);
  }
}

function calculateQuantities(operator: ArithmeticOperator, left: Quantity, right: Quantity): Calculated {
  if (operator === "*" || operator === "/") {
    const unit = unitOfProduct(left, right, operator === "*" ? "." : "/");
    const value = operator === "*" ? multiply(left.value, right.value) : divide(left.value, right.value);
    if (unit === undefined || value === undefined) return { value: undefined };
    return { value: { is: "quantity", value, unit, isCalendar: false } };
  }
  if (operator === "div" || operator === "mod") return undefined;
  const other = inUnitOf(right, left);
  if (other === undefined) return { value: undefined };
  const sum = operator === "+" ? add(left.value, other) : subtract(left.value, other);
  return { value: { ...left, value: sum } };
}

/** A moment moved by a time; undefined where the quantity is none, or UCUM's year or month, whose days are not whole. */
function shifted(moment: Temporal, quantity: Quantity, sign: 1 | -1): Calculated {
  const word = quantity.isCalendar ? quantity.unit : (calendarWord(quantity.unit) ?? wordOfCode(quantity.unit));
  if (word === undefined || (!quantity.isCalendar && (quantity.unit === "a" || quantity.unit === "mo")))
    return undefined;
  const whole = truncated(quantity.value, 0);
  const amount = Number((sign === 1 ? whole : negate(whole)).digits);
  const value = shiftedBy(moment, word, amount);
  return { value: value !== undefined && isInRange(value) ? value : undefined };
}

function isInRange({ is, parts: [year = 1] }: Temporal): boolean {
  return is === "time" || (Number.isFinite(year) && year >= 1 && year <= 9999);
}

const unitMs: Readonly<Record<string, number>> = {
  week: 604_800_000,
  day: 86_400_000,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
  millisecond: 1,
};

/** The position of a word's part, and so how far a moment must be written for it to be moved as it is. */
const partOf: Readonly<Record<string, number>> = { year: 1, month: 2, week: 3, day: 3, hour: 4, minute: 5, second: 6 };

function shiftedBy(moment: Temporal, word: string, amount: number): Temporal | undefined {
  if (moment.is === "time") return shiftedTime(moment, word, amount);
  const needed = partOf[word] ?? 7;
  const written = moment.parts.length;
  if (written < needed && word !== "millisecond") return shiftedCoarsely(moment, word, amount);
  if (word === "year" || word === "month") return shiftedMonths(moment, amount * (word === "year" ? 12 : 1));
  const length = Math.max(written, word === "millisecond" && written >= 6 ? 7 : written);
  const at = startMs(moment) + amount * (unitMs[word] ?? 0);
  return Number.isFinite(at) && Math.abs(at) < 8.6e15
    ? { ...temporalAt(at, moment.offsetMinutes, length), is: moment.is }
    : undefined;
}

/** A month moved by days: by as many whole months as 30 days make. Source: FHIRPath 2.0 §6.7 (Date/Time Arithmetic). */
function shiftedCoarsely(moment: Temporal, word: string, amount: number): Temporal | undefined {
  const days = word === "month" ? amount * 30 : (amount * (unitMs[word] ?? 0)) / 86_400_000;
  const [, , , hours] = moment.parts;
  if (hours !== undefined || moment.parts.length === 3) return shiftedFinely(moment, word, amount);
  const months =
    moment.parts.length === 1 ? Math.trunc(word === "month" ? amount / 12 : days / 365) * 12 : Math.trunc(days / 30);
  return shiftedMonths(moment, months);
}

/** A day or hour moved by less than it tells: by as many whole ones as that makes. */
function shiftedFinely(moment: Temporal, word: string, amount: number): Temporal | undefined {
  const unit = moment.parts.length === 3 ? "day" : moment.parts.length === 4 ? "hour" : "minute";
  const whole = Math.trunc((amount * (unitMs[word] ?? 0)) / (unitMs[unit] ?? 1));
  return shiftedBy(moment, unit, whole);
}

function shiftedTime(moment: Temporal, word: string, amount: number): Temporal | undefined {
  if (definiteCode(word) === undefined || word === "week" || word === "day") return undefined;
  const dayMs = 86_400_000;
  const [hour = 0, minute = 0, second = 0, millisecond = 0] = moment.parts;
  const at = ((hour * 60 + minute) * 60 + second) * 1000 + millisecond + amount * (unitMs[word] ?? 0);
  if (!Number.isFinite(at)) return undefined;
  const wrapped = ((at % dayMs) + dayMs) % dayMs;
  return { ...moment, parts: temporalAt(wrapped, 0, 7).parts.slice(3, 3 + moment.parts.length) };
}

/** A day that the month does not have becomes its last. */
function shiftedMonths(moment: Temporal, months: number): Temporal {
  const [year = 1, month = 1, day, ...rest] = moment.parts;
  const count = year * 12 + (month - 1) + months;
  const [newYear, newMonth] = [Math.floor(count / 12), (((count % 12) + 12) % 12) + 1];
  const date = day === undefined ? [newYear, newMonth] : [newYear, newMonth, Math.min(day, daysIn(newYear, newMonth))];
  return { ...moment, parts: [...date, ...rest].slice(0, moment.parts.length) };
}
