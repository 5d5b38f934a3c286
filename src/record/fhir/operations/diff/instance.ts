import { isJsonObject, type Json, type JsonObject, writtenNumbersOf } from "#kernel";
import { jsonText } from "../../../documents/json-text.ts";

/** One repetition of an element: its value, and what stands beside it under `_name`. One at least is there. */
export interface Instance {
  readonly value: Json | undefined;
  /** Of the value, as it was written. */
  readonly text: string | undefined;
  /** Of what stands beside it. */
  readonly beside: string | undefined;
}

/** The repetitions of an element, in their order; one or none where it is no list. Source: FHIR R4 §2.6.2.3 (JSON). */
export function instancesOf(object: JsonObject, key: string): readonly Instance[] {
  const [value, beside] = [object[key], object[`_${key}`]];
  if (Array.isArray(value) || Array.isArray(beside)) return repetitionsOf(value, beside);
  if (value === undefined && beside === undefined) return [];
  const written = writtenNumbersOf(object)?.[key];
  return [{ value, text: written ?? textOf(value), beside: textOf(beside) }];
}

function repetitionsOf(value: Json | undefined, beside: Json | undefined): readonly Instance[] {
  const values = Array.isArray(value) ? (value as readonly Json[]) : [];
  const besides = Array.isArray(beside) ? (beside as readonly Json[]) : [];
  return Array.from({ length: Math.max(values.length, besides.length) }, (_, at) => ({
    value: values[at] ?? undefined,
    text: textOf(values[at]),
    beside: textOf(besides[at]),
  }));
}

function textOf(value: Json | undefined): string | undefined {
  return value === undefined || value === null ? undefined : jsonText(value);
}

export function isSameInstance(one: Instance, other: Instance): boolean {
  return one.text === other.text && one.beside === other.beside;
}

export function objectIn({ value }: Instance): JsonObject {
  return isJsonObject(value) ? value : {};
}
