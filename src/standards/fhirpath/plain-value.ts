import { toNumber } from "./decimal.ts";
import { isSystem, type Node } from "./node.ts";
import { type SystemValue, systemText } from "./system-value.ts";

/**
 * As JSON would have it: FHIR's elements as they stand in the resource (null for a primitive with extensions alone), decimals
 * as numbers, dates and times as text, quantities of FHIRPath as `{ value, unit }`.
 */
export function plainValue(node: Node): unknown {
  if (!isSystem(node)) return node.value ?? null;
  const value = node.value as SystemValue;
  if (typeof value !== "object") return value;
  if (value.is === "decimal") return toNumber(value);
  return value.is === "quantity" ? { value: toNumber(value.value), unit: value.unit } : systemText(value);
}
