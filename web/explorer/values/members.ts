import { type ElementDefinition, jsonKey, shapeOf } from "#standards/fhir";
import { isRecord } from "../fhir/outcome.ts";

/** What one element of a resource or datatype holds. */
export interface Member {
  /** The key in JSON: `valueQuantity`. */
  readonly key: string;
  /** As R4 names the element: `value`. */
  readonly name: string;
  /** The name of its shape; undefined for what R4 does not know. */
  readonly type: string | undefined;
  readonly values: readonly MemberValue[];
}

export interface MemberValue {
  readonly value: unknown;
  /** Extensions of a primitive value, which stand beside it in JSON. */
  readonly extensions: readonly unknown[];
}

/** The elements that an object has, in R4's order; what R4 does not know comes last. */
export function membersOf(shapeName: string, object: Readonly<Record<string, unknown>>): readonly Member[] {
  const elements = shapeOf(shapeName)?.elements ?? [];
  const known = elements.flatMap((element) => memberOf(element, object));
  const told = new Set(["resourceType", ...known.map(({ key }) => key)]);
  const unknown = Object.keys(object).filter((key) => !told.has(key.replace(/^_/, "")));
  return [...known, ...unknown.map((key) => ({ key, name: key, type: undefined, values: valuesAt(object, key) }))];
}

function memberOf(element: ElementDefinition, object: Readonly<Record<string, unknown>>): readonly Member[] {
  return element.types.flatMap(({ name: type }) => {
    const key = jsonKey(element, type);
    if (object[key] === undefined && object[`_${key}`] === undefined) return [];
    return [{ key, name: element.name, type, values: valuesAt(object, key) }];
  });
}

function valuesAt(object: Readonly<Record<string, unknown>>, key: string): readonly MemberValue[] {
  const values = listOf(object[key]);
  const beside = listOf(object[`_${key}`]);
  const length = Math.max(values.length, beside.length);
  return Array.from({ length }, (_, index) => ({ value: values[index], extensions: extensionsOf(beside[index]) }));
}

function listOf(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

function extensionsOf(beside: unknown): readonly unknown[] {
  return isRecord(beside) && Array.isArray(beside.extension) ? beside.extension : [];
}

export interface TypedValue {
  readonly type: string;
  readonly value: unknown;
}

/** The values at a path of element names, such as `name.family` or `value`, through every list on the way. */
export function valuesAlong(resourceType: string, resource: unknown, path: string): readonly TypedValue[] {
  let values: readonly TypedValue[] = [{ type: resourceType, value: resource }];
  for (const name of path.split(".")) {
    values = values.flatMap(({ type, value }) => {
      if (!isRecord(value)) return [];
      const shape = type === "Resource" && typeof value.resourceType === "string" ? value.resourceType : type;
      const member = membersOf(shape, value).find((each) => each.name === name || each.key === name);
      if (member === undefined) return [];
      return member.values
        .filter((each) => each.value !== undefined && each.value !== null)
        .map((each) => ({ type: member.type ?? "", value: each.value }));
    });
  }
  return values;
}
