import { isJsonObject, type Json, type JsonObject, writtenNumbersOf } from "#kernel";
import { decimalFrom, parseDecimal } from "./decimal.ts";
import { isPrimitive, isSubtype } from "./model.ts";
import { type Collection, isSystem, type Node } from "./node.ts";
import { fail, type Run, single } from "./run.ts";
import type { Quantity, SystemValue } from "./system-value.ts";
import { parseTemporal, parseTime, type Temporal } from "./temporal.ts";

export const ucumSystem = "http://unitsofmeasure.org";

/** The System value that a node stands for: of primitives and quantities. Source: FHIR R4 §2.9.3 (Using FHIR types). */
export function systemValueOf(node: Node): SystemValue | undefined {
  const { value, type } = node;
  if (isSystem(node)) return value as SystemValue;
  if (value === undefined || value === null) return undefined;
  if (typeof value === "object") return isJsonObject(value) ? quantityOf(node, value as JsonObject) : undefined;
  if (typeof value === "string") return textValue(value, type);
  if (typeof value === "number") return numberValue(node, value);
  return value;
}

function textValue(text: string, type: string): SystemValue {
  switch (type) {
    case "date":
      return parseTemporal(text) ?? text;
    case "dateTime":
    case "instant":
      return dateTimeOf(text) ?? text;
    case "time":
      return parseTime(text) ?? text;
    default:
      return text;
  }
}

/** FHIR writes a dateTime that is only a date like a date. */
function dateTimeOf(text: string): Temporal | undefined {
  const found = parseTemporal(text);
  return found && { ...found, is: "dateTime" };
}

/** A decimal as it was written: 1.0 has another precision than 1. */
function numberValue(node: Node, value: number): SystemValue | undefined {
  const { type, parent, key } = node;
  if (type !== "decimal" && Number.isInteger(value)) return value;
  const holder = parent?.value;
  const written = isJsonObject(holder) ? writtenNumbersOf(holder)?.[key] : undefined;
  return (written === undefined ? undefined : parseDecimal(written)) ?? decimalFrom(value);
}

function quantityOf(node: Node, value: JsonObject): Quantity | undefined {
  if (!isSubtype(node.type, "Quantity")) return undefined;
  if (typeof value.value !== "number" || value.comparator !== undefined) return undefined;
  const number = writtenNumbersOf(value)?.value;
  const decimal = (number === undefined ? undefined : parseDecimal(number)) ?? decimalFrom(value.value);
  if (decimal === undefined) return undefined;
  const unit = value.system === ucumSystem ? (value.code ?? value.unit) : (value.unit ?? value.code);
  return { is: "quantity", value: decimal, unit: typeof unit === "string" ? unit : "1", isCalendar: false };
}

/** `true` and `false` themselves; any other single item counts as true. Undefined for an empty collection. */
export function booleanOf(run: Run, collection: Collection): boolean | undefined {
  const node = single(run, collection);
  if (node === undefined) return undefined;
  return typeof node.value === "boolean" ? node.value : true;
}

/** A single string; undefined for an empty collection, and a problem for anything else. */
export function textOf(run: Run, collection: Collection): string | undefined {
  const value = singleValue(run, collection);
  if (value === undefined || typeof value === "string") return value;
  fail(run, "fhirpath-wrong-type", "A string is expected here.");
  return undefined;
}

export function integerOf(run: Run, collection: Collection): number | undefined {
  const value = singleValue(run, collection);
  if (value === undefined || typeof value === "number") return value;
  fail(run, "fhirpath-wrong-type", "A whole number is expected here.");
  return undefined;
}

/** The System value of a single item; a problem where it has none, and for several. */
export function singleValue(run: Run, collection: Collection): SystemValue | undefined {
  const node = single(run, collection);
  if (node === undefined) return undefined;
  const value = systemValueOf(node);
  if (value === undefined && !isEmptyPrimitive(node)) {
    fail(run, "fhirpath-wrong-type", "A simple value is expected here, and there is an element with parts.");
  }
  return value;
}

function isEmptyPrimitive({ type, value }: Node): boolean {
  return value === undefined && isPrimitive(type);
}

export function isResource(value: unknown): value is JsonObject {
  return isJsonObject(value) && typeof (value as JsonObject).resourceType === "string";
}

/** The type of a JSON value where none is known. */
export function typeOfJson(value: Json): string {
  if (isResource(value)) return value.resourceType as string;
  if (typeof value === "string") return "System.String";
  if (typeof value === "boolean") return "System.Boolean";
  return typeof value === "number" && Number.isInteger(value) ? "System.Integer" : "";
}
