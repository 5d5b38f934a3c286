import { calendarWord } from "../calendar-unit.ts";
import { asDecimal, isNumber, isTagged, isTemporal } from "../comparison.ts";
import { compareDecimals, type Decimal, decimalOf, parseDecimal } from "../decimal.ts";
import { one } from "../node.ts";
import { type Quantity, type SystemValue, systemText } from "../system-value.ts";
import { parseTemporal, parseTime, type Temporal } from "../temporal.ts";
import { inUnitOf } from "../units.ts";
import { singleValue, textOf } from "../values.ts";
import { type FunctionTable, givesBoolean, valueFunction } from "./rule.ts";

type Conversion = (value: SystemValue) => SystemValue | undefined;

/** Source: FHIRPath 2.0 §5.5 (Conversion). Undefined where a value cannot be converted. */
const conversions: Readonly<Record<string, Conversion>> = {
  Boolean: toBoolean,
  Integer: toInteger,
  Decimal: toDecimal,
  String: systemText,
  Date: toDate,
  DateTime: toDateTime,
  Time: toTime,
  Quantity: toQuantity,
};

export const conversionFunctions: FunctionTable = Object.fromEntries(
  Object.entries(conversions).flatMap(([type, convert]) => [
    [`to${type}`, conversion(type, convert)],
    [`convertsTo${type}`, convertibility(type, convert)],
  ]),
);

function conversion(type: string, convert: Conversion) {
  return valueFunction(
    type === "Quantity" ? [0, 1] : 0,
    (run, input, [unit]) => {
      const value = singleValue(run, input);
      const converted = value === undefined ? undefined : convert(value);
      return one(unit === undefined ? converted : inUnit(converted, textOf(run, unit)));
    },
    { gives: `System.${type}` },
  );
}

function convertibility(type: string, convert: Conversion) {
  return valueFunction(
    type === "Quantity" ? [0, 1] : 0,
    (run, input, [unit]) => {
      if (input.length === 0) return [];
      const value = singleValue(run, input);
      const converted = value === undefined ? undefined : convert(value);
      return one((unit === undefined ? converted : inUnit(converted, textOf(run, unit))) !== undefined);
    },
    givesBoolean,
  );
}

/** The quantity in another unit of its kind. */
function inUnit(value: SystemValue | undefined, unit: string | undefined): SystemValue | undefined {
  if (value === undefined || unit === undefined || !isTagged(value, "quantity")) return undefined;
  const word = calendarWord(unit);
  const wanted: Quantity = { ...unitless(), unit: word ?? unit, isCalendar: word !== undefined };
  const converted = inUnitOf(value, wanted);
  return converted && { ...wanted, value: converted };
}

const booleanTexts: Readonly<Record<string, boolean>> = {
  true: true,
  t: true,
  yes: true,
  y: true,
  "1": true,
  "1.0": true,
  false: false,
  f: false,
  no: false,
  n: false,
  "0": false,
  "0.0": false,
};

function toBoolean(value: SystemValue): boolean | undefined {
  if (typeof value === "boolean") return value;
  if (typeof value === "string") {
    const text = value.toLowerCase();
    return Object.hasOwn(booleanTexts, text) ? booleanTexts[text] : undefined;
  }
  if (!isNumber(value)) return undefined;
  if (compareDecimals(asDecimal(value), decimalOf(1n, 0)) === 0) return true;
  return compareDecimals(asDecimal(value), decimalOf(0n, 0)) === 0 ? false : undefined;
}

function toInteger(value: SystemValue): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value !== "string" || !/^[+-]?\d{1,10}$/.test(value)) return undefined;
  const number = Number(value);
  return Math.abs(number) <= 2_147_483_647 ? number : undefined;
}

function toDecimal(value: SystemValue): SystemValue | undefined {
  if (typeof value === "boolean") return decimalOf(value ? 1n : 0n, 0);
  if (isNumber(value)) return asDecimal(value);
  return typeof value === "string" && /^[+-]?\d+(?:\.\d+)?$/.test(value) ? parseDecimal(value) : undefined;
}

function toDate(value: SystemValue): Temporal | undefined {
  const moment = typeof value === "string" ? parseTemporal(value) : value;
  if (moment === undefined || !isTemporal(moment) || moment.is === "time") return undefined;
  return { is: "date", parts: moment.parts.slice(0, 3), offsetMinutes: undefined };
}

function toDateTime(value: SystemValue): Temporal | undefined {
  const moment = typeof value === "string" ? parseTemporal(value) : value;
  if (moment === undefined || !isTemporal(moment) || moment.is === "time") return undefined;
  return { ...moment, is: "dateTime" };
}

function toTime(value: SystemValue): Temporal | undefined {
  if (typeof value === "string") return parseTime(value.replace(/^T/, ""));
  return isTemporal(value) && value.is === "time" ? value : undefined;
}

const quantityPattern = /^([+-]?\d+(?:\.\d+)?)(?:\s+(?:'([^']+)'|([a-z]+)))?$/;

function toQuantity(value: SystemValue): Quantity | undefined {
  if (isTagged(value, "quantity")) return value;
  if (typeof value === "boolean") return unitless(decimalOf(value ? 10n : 0n, 1));
  if (isNumber(value)) return unitless(asDecimal(value));
  const parts = typeof value === "string" ? quantityPattern.exec(value) : null;
  if (parts === null) return undefined;
  const [, number = "", unit, written] = parts;
  const decimal = parseDecimal(number);
  if (decimal === undefined) return undefined;
  const plain = unitless(decimal);
  if (unit !== undefined) return { ...plain, unit };
  if (written === undefined) return plain;
  const word = calendarWord(written);
  return word === undefined ? undefined : { ...plain, unit: word, isCalendar: true, written };
}

function unitless(value: Decimal = decimalOf(1n, 0)): Quantity {
  return { is: "quantity", value, unit: "1", isCalendar: false };
}
