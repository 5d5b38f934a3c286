import { type Decimal, decimalText } from "./decimal.ts";
import { type Temporal, temporalText } from "./temporal.ts";

/** A value of a System type: JavaScript's numbers are Integers here, and only they. Source: FHIRPath 2.0 §4.1. */
export type SystemValue = boolean | string | number | Decimal | Temporal | Quantity;

export interface Quantity {
  readonly is: "quantity";
  readonly value: Decimal;
  /** A code of UCUM, or a word of the calendar (`year`, always singular) where `isCalendar`. */
  readonly unit: string;
  readonly isCalendar: boolean;
  /** As it was written: `years`. */
  readonly written?: string;
}

export type SystemType = "Boolean" | "String" | "Integer" | "Decimal" | "Date" | "DateTime" | "Time" | "Quantity";

const typesOfTag = {
  decimal: "Decimal",
  date: "Date",
  dateTime: "DateTime",
  time: "Time",
  quantity: "Quantity",
} as const;

export function systemTypeOf(value: SystemValue): SystemType {
  if (typeof value === "boolean") return "Boolean";
  if (typeof value === "string") return "String";
  if (typeof value === "number") return "Integer";
  return typesOfTag[value.is];
}

export function systemText(value: SystemValue): string {
  if (typeof value !== "object") return String(value);
  if (value.is === "decimal") return decimalText(value);
  if (value.is !== "quantity") return temporalText(value);
  return `${decimalText(value.value)} ${value.isCalendar ? (value.written ?? value.unit) : `'${value.unit}'`}`;
}
