import { isJsonObject, type Json, type JsonObject } from "#kernel";
import { type ElementDefinition, isPrimitiveType, isResourceType, jsonKey, shapeOf } from "./definitions.ts";
import tables from "./generated/summary.json" with { type: "json" };

const rows = tables.elements as Readonly<Record<string, string>>;
const marks = new Map<string, ReadonlySet<string>>();

function marksOf(type: string): ReadonlySet<string> {
  let known = marks.get(type);
  if (known === undefined) {
    known = new Set(rows[type]?.split(" "));
    marks.set(type, known);
  }
  return known;
}

/** What is kept under a key, and the shape of what lies below. */
interface Kept {
  /** Undefined: the value stays as it is. */
  readonly shape: string | undefined;
}

const plans = new Map<string, ReadonlyMap<string, Kept>>();

/**
 * The resource with those elements alone that R4 marks for summaries or requires, at every level. Of a datatype that marks
 * some of its elements (Attachment, without its data), its id and extensions stay too. The resource given is not changed.
 * Source: FHIR R4 §3.1.1.5.8 (_summary=true), ElementDefinition.isSummary.
 */
export function summarised(resource: JsonObject): JsonObject {
  const type = String(resource.resourceType);
  return isResourceType(type) ? summarisedObject(type, resource) : resource;
}

function summarisedObject(shapeName: string, object: JsonObject): JsonObject {
  const plan = planOf(shapeName);
  const part: Record<string, Json> = { ...object };
  for (const key of Object.keys(part)) {
    const kept = plan.get(key);
    if (kept === undefined) delete part[key];
    else if (kept.shape !== undefined) part[key] = summarisedValue(kept.shape, part[key] as Json);
  }
  return part;
}

function summarisedValue(shape: string, value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => summarisedValue(shape, item));
  if (!isJsonObject(value)) return value;
  return shape === "Resource" ? summarised(value) : summarisedObject(shape, value);
}

function planOf(shapeName: string): ReadonlyMap<string, Kept> {
  const known = plans.get(shapeName);
  if (known !== undefined) return known;
  const plan = new Map<string, Kept>([["resourceType", { shape: undefined }]]);
  for (const element of shapeOf(shapeName)?.elements ?? []) {
    if (!isKept(shapeName, element)) continue;
    for (const { name: type } of element.types) {
      const key = jsonKey(element, type);
      const isWhole = (isPrimitiveType(type) && !type.includes(".")) || !hasMarks(type);
      plan.set(key, { shape: isWhole ? undefined : type });
      plan.set(`_${key}`, { shape: undefined });
    }
  }
  plans.set(shapeName, plan);
  return plan;
}

function isKept(shapeName: string, { name, min }: ElementDefinition): boolean {
  // Without a modifier extension, what is left would say something else.
  if (min > 0 || name === "modifierExtension" || isMarked(shapeName, name)) return true;
  const isDatatype = shapeOf(shapeName)?.kind === "complex-type";
  return isDatatype && (name === "id" || name === "extension");
}

/** By its own type, or by the one that it has from another. */
function isMarked(shapeName: string, name: string): boolean {
  const [type = "", ...path] = shapeName.split(".");
  if (marksOf(type).has([...path, name].join("."))) return true;
  const base = shapeOf(shapeName)?.base;
  return base !== undefined && isMarked(base, name);
}

/** A shape that marks nothing is left whole. */
function hasMarks(shapeName: string): boolean {
  if (shapeName === "Resource") return true;
  const [type = "", ...path] = shapeName.split(".");
  const prefix = path.length === 0 ? "" : `${path.join(".")}.`;
  return [...marksOf(type)].some((mark) => mark.startsWith(prefix));
}
