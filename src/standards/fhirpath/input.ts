import { isJsonObject, type Json } from "#kernel";
import { shapeOf } from "#standards/fhir";
import { isPrimitive, stepsOf } from "./model.ts";
import { type Collection, none, rootNode } from "./node.ts";
import { isResource, typeOfJson } from "./values.ts";

/** The types that a path of R4 stands for: itself, or those of the element there. Undefined where only values tell. */
export function inputTypes(path: string): readonly string[] | undefined {
  const shape = shapeOf(path);
  if (shape !== undefined) return shape.abstract ? undefined : [path];
  const dot = path.lastIndexOf(".");
  const name = path.slice(dot + 1).replace(/\[x\]$/, "");
  const parents = dot < 0 ? undefined : inputTypes(path.slice(0, dot));
  const types = (parents ?? []).flatMap((parent) => stepsOf(parent)?.get(name)?.variants ?? []).map(({ type }) => type);
  return types.length === 0 || types.includes("Resource") ? undefined : types;
}

/** A resource says its own type. */
export function nodesOfInput(input: unknown, types: readonly string[] | undefined): Collection {
  if (input === undefined || input === null) return none;
  if (Array.isArray(input)) return input.flatMap((item) => nodesOfInput(item, types));
  const value = input as Json;
  return [rootNode(value, isResource(value) || types === undefined ? typeOfJson(value) : typeAmong(value, types))];
}

/** Which of the types a value has, as far as its JSON tells. */
function typeAmong(value: Json, types: readonly string[]): string {
  const [only = "", ...others] = types;
  if (others.length === 0) return only;
  return types.find((type) => couldBe(value, type)) ?? "";
}

function couldBe(value: Json, type: string): boolean {
  if (isJsonObject(value)) return !isPrimitive(type) && fitsShape(Object.keys(value), type);
  if (typeof value === "boolean") return type === "boolean";
  if (typeof value === "number") return ["decimal", "integer", "positiveInt", "unsignedInt"].includes(type);
  return isPrimitive(type) && !["boolean", "decimal", "integer", "positiveInt", "unsignedInt"].includes(type);
}

function fitsShape(keys: readonly string[], type: string): boolean {
  const known = new Set<string>();
  for (const { variants } of stepsOf(type)?.values() ?? []) {
    for (const { key, besideKey = key } of variants) known.add(key).add(besideKey);
  }
  return keys.every((key) => known.has(key));
}
