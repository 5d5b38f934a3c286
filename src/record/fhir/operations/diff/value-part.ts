import type { JsonObject } from "#kernel";
import { type ElementDefinition, isPrimitiveType, jsonKey, shapeOf } from "#standards/fhir";
import { objectText } from "../../bundle-text.ts";
import { type Instance, instancesOf, objectIn } from "./instance.ts";

let inParameters: ReadonlySet<string> | undefined;

/** Whether a Parameters can hold a value of the type as `value[x]`. */
function isValueType(type: string): boolean {
  inParameters ??= new Set(
    shapeOf("Parameters.parameter")
      ?.elements.find(({ name }) => name === "value")
      ?.types.map(({ name }) => name),
  );
  return inParameters.has(type);
}

/**
 * An element as the part of a FHIRPath Patch, as JSON text: a `value[x]`, a resource, or parts for what has no type that
 * Parameters could hold. Source: FHIR R4 §3.1.0.6.1 (FHIRPath Patch, value).
 */
export function valuePart(name: string, type: string, instance: Instance): string {
  const { text, beside } = instance;
  const members = { name: JSON.stringify(name) };
  if (type === "Resource") return objectText({ ...members, resource: text });
  // Narratives are texts there: Parameters has no xhtml.
  const valueType = type === "xhtml" ? "string" : type;
  if (isValueType(valueType)) {
    const key = `value${valueType.charAt(0).toUpperCase()}${valueType.slice(1)}`;
    return objectText({ ...members, [key]: text, [`_${key}`]: beside });
  }
  return objectText({ ...members, part: `[${partsOf(type, objectIn(instance)).join(",")}]` });
}

function partsOf(shape: string, object: JsonObject): readonly string[] {
  const elements = shapeOf(shape)?.elements ?? [];
  return elements.flatMap((element) =>
    givenAs(element, object).flatMap(({ type, instances }) =>
      instances.map((instance) => valuePart(element.name, type, instance)),
    ),
  );
}

export interface GivenElement {
  readonly key: string;
  readonly type: string;
  readonly instances: readonly Instance[];
}

/** What an object has of an element: nothing, or its instances of one type. */
export function givenAs(element: ElementDefinition, object: JsonObject): readonly GivenElement[] {
  for (const { name: type } of element.types) {
    const key = jsonKey(element, type);
    const instances = instancesOf(object, key);
    if (instances.length > 0) return [{ key, type, instances }];
  }
  return [];
}

/** Types whose values are compared whole. */
export function isWhole(type: string): boolean {
  return !type.includes(".") && isPrimitiveType(type);
}
