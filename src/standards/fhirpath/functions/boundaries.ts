import { asDecimal, isNumber, isTagged, isTemporal } from "../comparison.ts";
import { type Decimal, decimalOf, rounded, truncated } from "../decimal.ts";
import { type Collection, none, one } from "../node.ts";
import { fail, type Run } from "../run.ts";
import type { SystemValue } from "../system-value.ts";
import { daysIn, type Temporal } from "../temporal.ts";
import { integerOf, singleValue } from "../values.ts";
import { type FunctionTable, givesInteger, valueFunction } from "./rule.ts";

const placesMax = 28;
const placesDefault = 8;

/** Digits that are written for a date or time with 1, 2, … parts. */
const dateDigits = [4, 6, 8, 10, 12, 14, 17];
const timeDigits = [2, 4, 6, 9];

type Side = "low" | "high";

/** Source: FHIRPath 3.0 (ballot) §5.7: between what values that are written so lie. */
export const boundaryFunctions: FunctionTable = {
  lowBoundary: valueFunction([0, 1], (run, input, [places]) => boundary(run, { input, places, side: "low" })),
  highBoundary: valueFunction([0, 1], (run, input, [places]) => boundary(run, { input, places, side: "high" })),
  precision: valueFunction(0, (run, input) => one(precisionOf(singleValue(run, input))), givesInteger),
};

interface Asked {
  readonly input: Collection;
  readonly places: Collection | undefined;
  readonly side: Side;
}

function boundary(run: Run, { input, places: placesGiven, side }: Asked): Collection {
  const value = singleValue(run, input);
  const places = placesGiven === undefined ? undefined : integerOf(run, placesGiven);
  if (value === undefined) return none;
  if (isNumber(value)) return one(decimalBoundary(asDecimal(value), places, side));
  if (isTagged(value, "quantity")) {
    const number = decimalBoundary(value.value, places, side);
    return number === undefined ? none : one({ ...value, value: number });
  }
  if (isTemporal(value)) return one(temporalBoundary(value, places, side));
  return fail(run, "fhirpath-wrong-type", "Only numbers, quantities, dates and times have boundaries.");
}

/** The one nearer to zero is cut to the places asked for, the other rounded: so the official suite has it. */
function decimalBoundary(value: Decimal, places = placesDefault, side: Side): Decimal | undefined {
  if (places < 0 || places > placesMax) return undefined;
  const half = side === "low" ? -5n : 5n;
  const exact = decimalOf(value.digits * 10n + half, value.scale + 1);
  const isNearer = value.digits < 0n ? side === "high" : side === "low";
  return isNearer ? truncated(exact, places) : rounded(exact, places);
}

/** Undefined where no date or time has as many digits. */
function temporalBoundary(value: Temporal, digits: number | undefined, side: Side): Temporal | undefined {
  const table = value.is === "time" ? timeDigits : value.is === "date" ? dateDigits.slice(0, 3) : dateDigits;
  const length = table.indexOf(digits ?? table.at(-1) ?? 0) + 1;
  if (length === 0) return undefined;
  const parts = filled(value, length, side);
  const isTimed = value.is === "dateTime" && length > 3;
  const offsetMinutes = isTimed ? (value.offsetMinutes ?? (side === "low" ? 14 * 60 : -12 * 60)) : undefined;
  return { is: value.is, parts, offsetMinutes };
}

/** An hour alone stands for its minute 0: so the official suite has it. */
function filled({ is, parts }: Temporal, length: number, side: Side): readonly number[] {
  const low = is === "time" ? [0, 0, 0, 0] : [1, 1, 1, 0, 0, 0, 0];
  const all = [...parts];
  if (all.length === 4 && is === "dateTime") all.push(0);
  while (all.length < length) all.push(side === "low" ? (low[all.length] ?? 0) : highest(is, all));
  return all.slice(0, length);
}

function highest(is: Temporal["is"], parts: readonly number[]): number {
  const [year = 1, month = 1] = parts;
  const highs = is === "time" ? [23, 59, 59, 999] : [9999, 12, daysIn(year, month), 23, 59, 59, 999];
  return highs[parts.length] ?? 0;
}

/** Places behind the point, or digits of a date or time. */
function precisionOf(value: SystemValue | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (isNumber(value)) return asDecimal(value).scale;
  if (isTagged(value, "quantity")) return value.value.scale;
  if (!isTemporal(value)) return undefined;
  return (value.is === "time" ? timeDigits : dateDigits)[value.parts.length - 1];
}
