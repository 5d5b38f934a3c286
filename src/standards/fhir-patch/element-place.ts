import { isJsonObject, type Json, type JsonObject } from "#kernel";
import { type ElementValue, itemsOf, withElement, withItems } from "./element-member.ts";
import { type Place, placedAt, removeAt, replaceAt } from "./json-place.ts";

/** The element at a place: the object it stands in, its name there, and its position where it repeats. */
interface Standing {
  readonly object: JsonObject;
  readonly around: Place;
  readonly key: string;
  readonly index: number | undefined;
}

function standingAt(resource: JsonObject, place: Place): Standing | undefined {
  const last = place.at(-1);
  const index = typeof last === "number" ? last : undefined;
  const key = index === undefined ? last : place.at(-2);
  const around = place.slice(0, index === undefined ? -1 : -2);
  const object = placedAt(resource, around)?.value;
  if (typeof key !== "string" || object === undefined || !isJsonObject(object)) return undefined;
  return { object, around, key, index };
}

/** The resource with another element at the place; undefined where nothing can stand there. */
export function withElementAt(resource: JsonObject, place: Place, element: ElementValue): JsonObject | undefined {
  const standing = standingAt(resource, place);
  if (standing === undefined) return undefined;
  const { object, around, key, index } = standing;
  if (index !== undefined)
    return withObject(resource, around, withItems(object, key, itemsOf(object, key).with(index, element)));
  const changed = withElement(without(object, key), { key, isMany: false, type: "" }, element);
  return changed === undefined ? undefined : withObject(resource, around, changed);
}

/** The resource without the element, and without what is empty then. */
export function withoutElementAt(resource: JsonObject, place: Place): JsonObject | undefined {
  const standing = standingAt(resource, place);
  if (standing === undefined) return undefined;
  const { object, around, key, index } = standing;
  const isBeside = key.startsWith("_");
  const own = isBeside ? key.slice(1) : key;
  const items = index === undefined ? [] : itemsOf(object, own);
  const left = isBeside
    ? items.map((item, at) => (at === index ? { ...item, beside: undefined } : item))
    : items.filter((_, at) => at !== index);
  const changed = index === undefined ? without(object, key) : withItems(object, own, left);
  if (Object.keys(changed).length === 0 && around.length > 0) return withoutElementAt(resource, around);
  return withObject(resource, around, changed);
}

export interface ListPlace {
  readonly around: Place;
  readonly key: string;
}

/** The list that all these items are the whole of; undefined where they are not one list. */
export function listOf(places: readonly Place[]): ListPlace | undefined {
  const [first = []] = places;
  const key = first.at(-2);
  if (typeof key !== "string") return undefined;
  const around = first.slice(0, -2);
  const isList = places.every(
    (place, index) => place.length === first.length && place.at(-1) === index && samePlace(place.slice(0, -1), first),
  );
  return isList ? { around, key } : undefined;
}

function samePlace(start: Place, whole: Place): boolean {
  return start.every((step, at) => step === whole[at]);
}

/** The resource with the items of a list changed. */
export function withListChanged(
  resource: JsonObject,
  { around, key }: ListPlace,
  change: (items: readonly ElementValue[]) => readonly ElementValue[],
): JsonObject | undefined {
  const object = placedAt(resource, around)?.value;
  if (object === undefined || !isJsonObject(object)) return undefined;
  return withObject(resource, around, withItems(object, key, change(itemsOf(object, key))));
}

/** The resource with another object at a place where there is one. */
export function withObject(resource: JsonObject, place: Place, object: JsonObject): JsonObject | undefined {
  return replaceAt(resource, place, { value: object }) as JsonObject | undefined;
}

/** Value and what stands beside it. */
function without(object: JsonObject, key: string): JsonObject {
  const names = key.startsWith("_") ? [key] : [key, `_${key}`];
  return names.reduce<Json>((left, name) => removeAt(left, [name]) ?? left, object) as JsonObject;
}

/** The element that stands at a place. */
export function elementAt(resource: JsonObject, place: Place): ElementValue | undefined {
  const standing = standingAt(resource, place);
  if (standing === undefined) return undefined;
  const { object, key, index } = standing;
  if (index !== undefined) return itemsOf(object, key)[index];
  return { value: placedAt(object, [key]), beside: placedAt(object, [`_${key}`])?.value };
}

/**
 * The place in JSON of a place that FHIRPath knows: what lies inside a primitive is under `_birthDate`, not `birthDate`.
 */
export function jsonPlace(resource: JsonObject, place: Place): Place {
  const found: (string | number)[] = [];
  for (const [at, step] of place.entries()) {
    const isInside = typeof step === "string" && place.slice(at + 1).some((later) => typeof later === "string");
    const index = place[at + 1];
    const value = placedAt(resource, [...found, step, ...(typeof index === "number" ? [index] : [])])?.value;
    const isPrimitive = isInside && !(value !== undefined && isJsonObject(value)) && !String(step).startsWith("_");
    found.push(isPrimitive ? `_${step}` : step);
  }
  return found;
}
