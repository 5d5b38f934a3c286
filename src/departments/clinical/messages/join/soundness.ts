import type { Json } from "#kernel";
import { checkResource, type ElementDefinition, isPrimitiveType, jsonKey, shapeOf } from "#standards/fhir";
import type { JsonObject } from "./sources.ts";

/**
 * Makes a resource one of R4, in place: what must be given and was not is stated as unknown, what is not valid is taken out.
 * False when that is not enough.
 */
export function makeSound(resource: JsonObject): boolean {
  complete(resource, String(resource.resourceType));
  for (let round = 0; round < roundsMax; round += 1) {
    const problems = checkResource(resource);
    if (problems.length === 0) return true;
    for (const { where = "" } of problems) takeOut(resource, stepsOf(where));
    complete(resource, String(resource.resourceType));
  }
  return checkResource(resource).length === 0;
}

/** What is taken out may leave something that is not valid without it; it does not go deeper than this. */
const roundsMax = 6;

const unknown = {
  extension: [{ url: "http://hl7.org/fhir/StructureDefinition/data-absent-reason", valueCode: "unknown" }],
};

/** States what must be given as unknown, wherever it is absent. Source: FHIR R4 data-absent-reason. */
function complete(object: JsonObject, shape: string): void {
  for (const element of shapeOf(shape)?.elements ?? []) {
    const used = element.types.find((type) => object[jsonKey(element, type.name)] !== undefined);
    if (used === undefined) {
      if (element.min > 0) state(object, element);
      continue;
    }
    const value = object[jsonKey(element, used.name)];
    if (isPrimitiveType(used.name) || used.name.includes("/")) continue;
    for (const each of Array.isArray(value) ? value : [value]) {
      if (!isObject(each)) continue;
      complete(each, used.name === "Resource" ? String(each.resourceType) : used.name);
    }
  }
}

function state(object: JsonObject, element: ElementDefinition): void {
  const [type] = element.types;
  if (type === undefined) return;
  const key = jsonKey(element, type.name);
  if (isPrimitiveType(type.name)) {
    object[`_${key}`] ??= element.max > 1 ? [unknown] : unknown;
    return;
  }
  const made: JsonObject = { ...unknown };
  complete(made, type.name);
  object[key] = element.max > 1 ? [made] : made;
}

/** `Patient.contact[0].value.ofType(Quantity)` as `contact`, `0`, `valueQuantity`. */
function stepsOf(where: string): readonly (string | number)[] {
  const plain = where.replace(
    /\.ofType\(([a-zA-Z]+)\)/g,
    (_, type: string) => type.charAt(0).toUpperCase() + type.slice(1),
  );
  return plain
    .split(".")
    .slice(1)
    .flatMap((part) => {
      const [, name = "", at] = /^([^[]+)(?:\[(\d+)\])?$/.exec(part) ?? [];
      return at === undefined ? [name] : [name, Number(at)];
    });
}

/** Takes out an element, and what is left empty without it. */
function takeOut(from: Json | undefined, [step, ...rest]: readonly (string | number)[]): void {
  if (typeof from !== "object" || from === null || step === undefined) return;
  const holder = from as JsonObject;
  const inner = holder[step] ?? holder[`_${step}`];
  if (rest.length > 0 && inner !== undefined) takeOut(inner, rest);
  if (rest.length > 0 && !isEmpty(inner)) return;
  if (Array.isArray(from)) from.splice(Number(step), 1);
  else {
    delete holder[step];
    delete holder[`_${step}`];
  }
}

function isEmpty(json: Json | undefined): boolean {
  return json === undefined || (typeof json === "object" && json !== null && Object.keys(json).length === 0);
}

function isObject(json: Json | undefined): json is JsonObject {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
