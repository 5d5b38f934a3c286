import type { Json, JsonObject } from "#kernel";
import { type ElementDefinition, type Shape, shapeOf } from "#standards/fhir";

/** One element of a StructureDefinition in its tree. Trees are grown by `snapshot.ts`, and not changed after that. */
export interface ElementNode {
  /** `value` for `value[x]`; the type's name for the root. */
  readonly name: string;
  readonly choice: boolean;
  readonly sliceName: string | undefined;
  /** The ElementDefinition, with what later definitions say laid over what earlier ones say. */
  element: JsonObject;
  /** The shape whose elements are its children where nothing else is said: `Patient.contact`. */
  readonly shape: string | undefined;
  /** Undefined as long as nothing is said of any child. */
  children: Map<string, ElementNode> | undefined;
  readonly slices: ElementNode[];
}

export interface ElementType {
  readonly code: string;
  readonly profiles: readonly string[];
  readonly targetProfiles: readonly string[];
  readonly aggregation: readonly string[];
}

export const coreUrl = "http://hl7.org/fhir/StructureDefinition/";

/** The tree of a base type as far as its first level. Undefined where R4 has no such type. */
export function baseTree(typeName: string): ElementNode | undefined {
  const shape = shapeOf(typeName);
  if (shape === undefined) return undefined;
  const element = { path: typeName, min: 0, max: "*" };
  const children = shapeChildren(shape, typeName);
  return { name: typeName, choice: false, sliceName: undefined, element, shape: typeName, children, slices: [] };
}

export function shapeChildren(shape: Shape, path: string): Map<string, ElementNode> {
  return new Map(shape.elements.map((element) => [element.name, baseNode(element, path)]));
}

function baseNode(element: ElementDefinition, parentPath: string): ElementNode {
  const { name, choice, min, max, types } = element;
  const maxText = max === 1 ? "1" : "*";
  const path = `${parentPath}.${name}${choice ? "[x]" : ""}`;
  const inner = types[0]?.name.includes(".") === true ? types[0].name : undefined;
  const type = types.map(({ name: typeName, targets }) => ({
    code: inner === undefined ? typeName : (shapeOf(typeName)?.base ?? "Element"),
    ...(targets.length > 0 ? { targetProfile: targets.map((target) => coreUrl + target) } : {}),
  }));
  const json = { path, min, max: maxText, base: { path, min, max: maxText }, type };
  return { name, choice, sliceName: undefined, element: json, shape: inner, children: undefined, slices: [] };
}

export function copyOf(node: ElementNode): ElementNode {
  const children =
    node.children === undefined ? undefined : new Map([...node.children].map(([k, v]) => [k, copyOf(v)]));
  return { ...node, children, slices: node.slices.map(copyOf) };
}

export function typesOfNode({ element }: ElementNode): readonly ElementType[] {
  return objects(element.type).map((type) => ({
    code: typeCode(type),
    profiles: strings(type.profile),
    targetProfiles: strings(type.targetProfile),
    aggregation: strings(type.aggregation),
  }));
}

/** `http://hl7.org/fhirpath/System.String`, in which snapshots state ids and urls, stands for a FHIR type. */
function typeCode({ code, extension }: JsonObject): string {
  if (typeof code !== "string") return "";
  if (!code.startsWith("http://hl7.org/fhirpath/")) return code;
  const stated = objects(extension).find(({ url }) => String(url).endsWith("structuredefinition-fhir-type"));
  return typeof stated?.valueUrl === "string" ? stated.valueUrl : "string";
}

export function objects(value: Json | undefined): readonly JsonObject[] {
  if (!Array.isArray(value)) return [];
  return value.filter((each): each is JsonObject => typeof each === "object" && each !== null && !Array.isArray(each));
}

export function strings(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];
}

export function minOf({ element }: ElementNode): number {
  return typeof element.min === "number" ? element.min : 0;
}

export function maxOf({ element }: ElementNode): number {
  if (element.max === undefined || element.max === "*") return Number.POSITIVE_INFINITY;
  return Number(element.max);
}

/** The value under the key that starts with `fixed` or `pattern`; the key's end is the type. */
export function valueUnder(
  element: JsonObject,
  start: "fixed" | "pattern" | "minValue" | "maxValue",
): Json | undefined {
  for (const key in element) if (key.startsWith(start) && key.length > start.length) return element[key];
  return undefined;
}
