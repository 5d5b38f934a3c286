import type { Json, JsonObject } from "#kernel";
import { isPrimitiveType, jsonKey, shapeOf } from "#standards/fhir";
import { addAt, type Placed } from "./json-place.ts";

/** An element as JSON has it: a value, and what stands beside it under `_name`, of which one at least is there. */
export interface ElementValue {
  readonly value: Placed | undefined;
  readonly beside: Json | undefined;
}

export interface Member {
  /** In JSON. */
  readonly key: string;
  readonly isMany: boolean;
  /** The shape of the value. */
  readonly type: string;
}

/**
 * The element of a shape that a patch names: `birthDate`; of a choice `value`, `value[x]` or `valueQuantity`. Of a choice,
 * `valueType` (`Quantity`) says which. Undefined where there is none.
 */
export function memberNamed(shapeName: string, name: string, valueType: string | undefined): Member | undefined {
  for (const element of shapeOf(shapeName)?.elements ?? []) {
    for (const type of element.types) {
      const key = jsonKey(element, type.name);
      const isChosen = element.choice && key === element.name + valueType && name.replace("[x]", "") === element.name;
      if (key === name || isChosen) return { key, isMany: element.max > 1, type: type.name };
    }
  }
  return undefined;
}

export function isPrimitiveShape(shape: string): boolean {
  return !shape.includes(".") && isPrimitiveType(shape);
}

/** A copy of the object with the element added: at the end of a list, or where there was none. Undefined where there was. */
export function withElement(object: JsonObject, { key, isMany }: Member, added: ElementValue): JsonObject | undefined {
  const besideKey = `_${key}`;
  if (isMany) return withItems(object, key, [...itemsOf(object, key), added]);
  if (Object.hasOwn(object, key) || Object.hasOwn(object, besideKey)) return undefined;
  const withValue = added.value === undefined ? object : (addAt(object, [key], added.value) as JsonObject);
  return added.beside === undefined
    ? withValue
    : (addAt(withValue, [besideKey], { value: added.beside }) as JsonObject);
}

/** The repetitions of an element, from the two arrays that stand side by side. Source: FHIR R4 §2.6.2.3. */
export function itemsOf(object: JsonObject, key: string): readonly ElementValue[] {
  const values = listAt(object, key);
  const besides = listAt(object, `_${key}`);
  return Array.from({ length: Math.max(values.length, besides.length) }, (_, index) => ({
    value: isThere(values[index]) ? { value: values[index] } : undefined,
    beside: isThere(besides[index]) ? besides[index] : undefined,
  }));
}

function listAt(object: JsonObject, key: string): readonly Json[] {
  const list = Object.hasOwn(object, key) ? object[key] : [];
  return Array.isArray(list) ? list : [];
}

function isThere(value: Json | undefined): value is Json {
  return value !== undefined && value !== null;
}

/** A copy of the object with these repetitions; an array that would hold nothing is left out. */
export function withItems(object: JsonObject, key: string, items: readonly ElementValue[]): JsonObject {
  const values = items.map(({ value }) => value?.value ?? null);
  const besides = items.map(({ beside }) => beside ?? null);
  return withList(withList(object, key, values), `_${key}`, besides);
}

function withList(object: JsonObject, key: string, list: readonly Json[]): JsonObject {
  if (list.some(isThere)) return addAt(object, [key], { value: list }) as JsonObject;
  const { [key]: _emptied, ...rest } = object;
  return rest;
}
