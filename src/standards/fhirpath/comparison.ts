import { compareDecimals, type Decimal, decimalOf } from "./decimal.ts";
import type { Quantity, SystemValue } from "./system-value.ts";
import { startMs, type Temporal, temporalAt } from "./temporal.ts";
import { compareQuantities } from "./units.ts";

/** Offsets reach from -12 to +14 hours: so far two times may be apart of which one does not say its own. */
const unknownOffsetMs = 14 * 3_600_000;

/** `incomparable`: of types that have no order between them. Undefined: the order cannot be told. */
export type Order = number | undefined | "incomparable";

export function isNumber(value: SystemValue): value is number | Decimal {
  return typeof value === "number" || isTagged(value, "decimal");
}

export function isTagged<T extends "decimal" | "quantity">(
  value: SystemValue,
  tag: T,
): value is Extract<SystemValue, { readonly is: T }> {
  return typeof value === "object" && value.is === tag;
}

export function isTemporal(value: SystemValue): value is Temporal {
  return typeof value === "object" && (value.is === "date" || value.is === "dateTime" || value.is === "time");
}

export function asDecimal(value: number | Decimal): Decimal {
  return typeof value === "number" ? decimalOf(BigInt(value), 0) : value;
}

export function asQuantity(value: SystemValue): Quantity | undefined {
  if (isTagged(value, "quantity")) return value;
  return isNumber(value) ? { is: "quantity", value: asDecimal(value), unit: "1", isCalendar: false } : undefined;
}

/** Source: FHIRPath 2.0 §6.2 (Comparison). */
export function compareValues(left: SystemValue, right: SystemValue): Order {
  if (typeof left === "number" && typeof right === "number") return left - right;
  if (typeof left === "string" && typeof right === "string") return left < right ? -1 : left > right ? 1 : 0;
  if (isNumber(left) && isNumber(right)) return compareDecimals(asDecimal(left), asDecimal(right));
  if (isTemporal(left) && isTemporal(right)) return compareTemporals(left, right);
  if (isTagged(left, "quantity") || isTagged(right, "quantity")) {
    const [first, second] = [asQuantity(left), asQuantity(right)];
    if (first !== undefined && second !== undefined) return compareQuantities(first, second);
  }
  return "incomparable";
}

/** Part by part; where one is written less far than the other and so far they agree, the order cannot be told. */
export function compareTemporals(left: Temporal, right: Temporal): Order {
  if ((left.is === "time") !== (right.is === "time")) return "incomparable";
  const haveTimes = left.is !== "time" && left.parts.length > 3 && right.parts.length > 3;
  if (haveTimes && left.offsetMinutes !== right.offsetMinutes) return compareZoned(left, right);
  return compareParts(left, right);
}

function compareZoned(left: Temporal, right: Temporal): Order {
  if (left.offsetMinutes === undefined || right.offsetMinutes === undefined) {
    const difference = startMs(left) - startMs(right);
    return Math.abs(difference) > unknownOffsetMs ? difference : undefined;
  }
  return compareParts(inUtc(left), inUtc(right));
}

function inUtc(moment: Temporal): Temporal {
  return temporalAt(startMs(moment), 0, moment.parts.length);
}

/** Seconds with and without a fraction are one precision. */
function compareParts(left: Temporal, right: Temporal): Order {
  const secondsAt = left.is === "time" ? 3 : 6;
  const [leftLength, rightLength] = [left.parts.length, right.parts.length];
  for (let at = 0; at < Math.max(leftLength, rightLength); at += 1) {
    if (at < secondsAt && (at >= leftLength || at >= rightLength)) return undefined;
    const difference = (left.parts[at] ?? 0) - (right.parts[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
