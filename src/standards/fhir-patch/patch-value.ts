import { isJsonObject, type JsonObject } from "#kernel";
import { type ElementValue, type Member, memberNamed, withElement } from "./element-member.ts";
import { placedAt } from "./json-place.ts";
import { objectsIn } from "./patch-operation.ts";

/** `Quantity` for a part with `valueQuantity`; undefined for a part that has parts, or a resource. */
export function valueTypeOf(part: JsonObject): string | undefined {
  return valueKeyOf(part)?.slice("value".length);
}

function valueKeyOf(part: JsonObject): string | undefined {
  const key = Object.keys(part).find((name) => /^_?value[A-Z]/.test(name));
  return key?.replace(/^_/, "");
}

/**
 * The element that a part stands for: its value, its resource, or an object made of its parts where the element has no type
 * of its own, as `Patient.contact`. Undefined where it stands for nothing that a `shape` can hold.
 * Source: FHIR R4 §3.1.0.6.1 (FHIRPath Patch).
 */
export function elementOf(part: JsonObject, shape: string): ElementValue | undefined {
  const key = valueKeyOf(part);
  if (key !== undefined) return { value: placedAt(part, [key]), beside: placedAt(part, [`_${key}`])?.value };
  if (part.resource !== undefined)
    return isJsonObject(part.resource) ? { value: { value: part.resource }, beside: undefined } : undefined;
  let object: JsonObject | undefined = {};
  for (const inner of objectsIn(part.part)) {
    const member = typeof inner.name === "string" ? memberNamed(shape, inner.name, valueTypeOf(inner)) : undefined;
    object = member === undefined || object === undefined ? undefined : withPart(object, member, inner);
  }
  return object === undefined || Object.keys(object).length === 0
    ? undefined
    : { value: { value: object }, beside: undefined };
}

function withPart(object: JsonObject, member: Member, part: JsonObject): JsonObject | undefined {
  const element = elementOf(part, member.type);
  return element === undefined ? undefined : withElement(object, member, element);
}
