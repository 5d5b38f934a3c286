import { isJsonObject, type Json, type JsonObject } from "#kernel";
import { type Execution, reportAt, type Spot } from "./execution.ts";
import { isTrueAt } from "./field-path.ts";
import { objectTypeOf } from "./object-type.ts";
import { textOf } from "./value.ts";

export interface Filtering {
  /** Type of the objects; undefined for scalars. */
  readonly objects: string | undefined;
  /** As R4 names it. */
  readonly type: string;
  readonly args: ReadonlyMap<string, Json>;
  readonly execution: Execution;
  readonly spot: Spot;
}

/**
 * The items that the arguments of a field let through: those where an element has the value asked for, those of which a
 * FHIRPath expression is true, and of these `_count` behind the first `_offset`. Source: FHIR R4 GraphQL §1.2 (list navigation).
 */
export function filterItems(items: readonly Json[], filtering: Filtering): readonly Json[] {
  const { args } = filtering;
  if (args.size === 0) return items;
  let left = items;
  for (const [name, value] of args) if (!windowNames.has(name)) left = matching(left, { ...filtering, name, value });
  const offset = wholeNumber("_offset", filtering) ?? 0;
  const count = wholeNumber("_count", filtering) ?? left.length;
  return left.slice(offset, offset + count);
}

const windowNames: ReadonlySet<string> = new Set(["_count", "_offset"]);

interface Asked extends Filtering {
  readonly name: string;
  readonly value: Json;
}

function matching(items: readonly Json[], asked: Asked): readonly Json[] {
  const { name, value, objects, execution, spot } = asked;
  if (name === "fhirpath") {
    if (typeof value === "string") return items.filter((item) => isTrueAt(value, item, asked));
    reportAt(execution, spot, "wrong-argument", "fhirpath must be a text.");
    return [];
  }
  const field = objects === undefined ? undefined : objectTypeOf(objects).fields.get(name);
  const wanted = textOf(value);
  if (field === undefined || field.objects !== undefined || wanted === undefined) {
    reportAt(execution, spot, "unknown-argument", `There is no argument ${name} here that takes this value.`);
    return [];
  }
  return items.filter((item) => isJsonObject(item) && holds(item, name, wanted));
}

function holds(object: JsonObject, name: string, wanted: string): boolean {
  const value = object[name];
  return Array.isArray(value) ? value.some((item) => textOf(item) === wanted) : textOf(value) === wanted;
}

function wholeNumber(name: string, { args, execution, spot }: Filtering): number | undefined {
  const value = args.get(name);
  if (value === undefined) return undefined;
  if (typeof value === "number" && Number.isInteger(value) && value >= 0) return value;
  reportAt(execution, spot, "wrong-argument", `${name} must be a whole number.`);
  return undefined;
}
