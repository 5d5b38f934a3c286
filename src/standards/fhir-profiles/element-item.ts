import { isJsonObject, type Json, type JsonObject } from "#kernel";
import { shapeOf } from "#standards/fhir";
import type { ElementNode } from "./element-node.ts";
import { capitalised } from "./snapshot.ts";

/** One value of an element as JSON has it, with its `_` sibling. */
export interface Item {
  readonly value: Json | undefined;
  readonly beside: JsonObject | undefined;
  /** The type that its key states for a choice; undefined where the definition says it. */
  readonly type: string | undefined;
  /** From the parent: `["name", 0]`, `["value.ofType(Quantity)"]`. */
  readonly steps: readonly (string | number)[];
}

/** The values that stand under an element's name in `object`, in order. */
export function itemsOf(object: JsonObject, { name, choice }: Pick<ElementNode, "name" | "choice">): readonly Item[] {
  if (!choice) return itemsUnder(object, { key: name, pathName: name, type: undefined });
  const items: Item[] = [];
  for (const given of Object.keys(object)) {
    const key = given.startsWith("_") ? given.slice(1) : given;
    if (!key.startsWith(name) || (key !== given && object[key] !== undefined)) continue;
    const type = typeOfSuffix(key.slice(name.length));
    if (type !== undefined) items.push(...itemsUnder(object, { key, pathName: `${name}.ofType(${type})`, type }));
  }
  return items;
}

const typesOfSuffix = new Map<string, string | undefined>();

/** `Quantity` for `Quantity`, `dateTime` for `DateTime`. */
function typeOfSuffix(suffix: string): string | undefined {
  if (typesOfSuffix.has(suffix)) return typesOfSuffix.get(suffix);
  const lower = suffix.charAt(0).toLowerCase() + suffix.slice(1);
  const isType = (name: string): boolean =>
    suffix !== "" && shapeOf(name) !== undefined && capitalised(name) === suffix;
  const type = [lower, suffix].find(isType);
  // Whatever else stands in a resource must not fill the memory.
  if (typesOfSuffix.size < 1_000) typesOfSuffix.set(suffix, type);
  return type;
}

interface Key {
  readonly key: string;
  readonly pathName: string;
  readonly type: string | undefined;
}

function itemsUnder(object: JsonObject, { key, pathName, type }: Key): readonly Item[] {
  const value = object[key];
  const beside = object[`_${key}`];
  if (value === undefined && beside === undefined) return [];
  if (!Array.isArray(value) && !Array.isArray(beside))
    return [{ value, beside: isJsonObject(beside) ? beside : undefined, type, steps: [pathName] }];
  const values = Array.isArray(value) ? value : [];
  const besides = Array.isArray(beside) ? beside : [];
  return Array.from({ length: Math.max(values.length, besides.length) }, (_, index) => ({
    value: values[index] ?? undefined,
    beside: isJsonObject(besides[index]) ? besides[index] : undefined,
    type,
    steps: [pathName, index],
  }));
}

/** The object that an item's children stand in: of a primitive its `_` sibling. */
export function objectOf({ value, beside }: Item): JsonObject {
  return isJsonObject(value) ? value : (beside ?? {});
}

export function itemOf(object: JsonObject): Item {
  const { resourceType } = object;
  const type = typeof resourceType === "string" ? resourceType : undefined;
  return { value: object, beside: undefined, type, steps: [] };
}
