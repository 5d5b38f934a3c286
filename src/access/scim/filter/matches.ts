import { failed, type Json, type JsonObject, ok, type Result } from "#kernel";
import { type Attribute, findAttribute, type ResourceType } from "../schema/attribute.ts";
import { scimProblem } from "../scim-problem.ts";
import type { AttributePath, Comparison, Filter } from "./filter.ts";
import { asObject, locate, valuesAt } from "./located.ts";

type Holds = (resource: JsonObject) => boolean;

/**
 * Whether a filter holds for a resource of a type, as a function to ask again and again. Problems: `invalidFilter`, for an
 * attribute that there is not, and for a comparison that it does not have.
 */
export function compileFilter(type: ResourceType, filter: Filter): Result<Holds> {
  return compile(filter, (path) => {
    const located = locate(type, path);
    if (located === undefined) return undefined;
    const { attribute, sub } = located;
    return { attribute: sub ?? attribute, read: (resource) => partsOf(valuesAt(resource, located), located) };
  });
}

/** The same for one value of several: what stands between the brackets. */
export function compileValueFilter(of: Attribute, filter: Filter): Result<Holds> {
  return compile(filter, ({ name, sub, schema }) => {
    const attribute =
      schema === undefined && sub === undefined ? findAttribute(of.subAttributes, name ?? "") : undefined;
    if (attribute === undefined) return undefined;
    return { attribute, read: (value) => listOf(value[attribute.name]) };
  });
}

interface Source {
  readonly attribute: Attribute;
  read(from: JsonObject): readonly Json[];
}

type Find = (path: AttributePath) => Source | undefined;

/** Of a value with parts and no part named, its `value` counts. Source: RFC 7644 §3.4.2.2. */
function partsOf(values: readonly Json[], { sub }: { readonly sub?: Attribute }): readonly Json[] {
  if (sub === undefined) return values;
  return values.flatMap((value) => listOf(asObject(value)?.[sub.name]));
}

function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function compile(filter: Filter, find: Find): Result<Holds> {
  switch (filter.is) {
    case "and":
    case "or":
      return compileAll(filter.is, filter.of, find);
    case "not": {
      const of = compile(filter.of, find);
      return of.ok ? ok((from) => !of.value(from)) : of;
    }
    case "present": {
      const source = find(filter.path);
      return source === undefined ? failed(unknown) : ok((from) => source.read(from).some(isPresent));
    }
    case "has": {
      const source = find(filter.path);
      if (source === undefined || source.attribute.type !== "complex") return failed(unknown);
      const of = compileValueFilter(source.attribute, filter.of);
      return of.ok ? ok((from) => source.read(from).some((value) => of.value(asObject(value) ?? {}))) : of;
    }
    case "compare":
      return compileComparison(filter, find);
  }
}

function compileAll(is: "and" | "or", parts: readonly Filter[], find: Find): Result<Holds> {
  const compiled: Holds[] = [];
  for (const part of parts) {
    const each = compile(part, find);
    if (!each.ok) return each;
    compiled.push(each.value);
  }
  return ok(
    is === "and" ? (from) => compiled.every((holds) => holds(from)) : (from) => compiled.some((holds) => holds(from)),
  );
}

function compileComparison({ path, by, value }: Extract<Filter, { is: "compare" }>, find: Find): Result<Holds> {
  const named = find(path);
  if (named === undefined) return failed(unknown);
  const source = named.attribute.type === "complex" ? valuePart(named) : named;
  if (source === undefined) return failed(notComparable);
  const { attribute } = source;
  if (value === null) {
    if (by !== "eq" && by !== "ne") return failed(notComparable);
    return ok((from) => source.read(from).some(isPresent) === (by === "ne"));
  }
  if (!isComparable(attribute, by, value)) return failed(notComparable);
  const wanted = comparable(attribute, value);
  if (by === "ne") return ok((from) => !source.read(from).some((each) => comparable(attribute, each) === wanted));
  return ok((from) => source.read(from).some((each) => compare(comparable(attribute, each), by, wanted)));
}

function valuePart({ attribute, read }: Source): Source | undefined {
  const value = findAttribute(attribute.subAttributes, "value");
  return value && { attribute: value, read: (from) => partsOf(read(from), { sub: value }) };
}

function isComparable({ type }: Attribute, by: Comparison, value: string | number | boolean): boolean {
  if (type === "boolean") return (by === "eq" || by === "ne") && /^(true|false)$/i.test(String(value));
  if (type === "dateTime") return !["co", "sw", "ew"].includes(by) && !Number.isNaN(Date.parse(String(value)));
  return typeof value === "string";
}

function comparable({ type, caseExact }: Attribute, value: Json): string | number {
  if (type === "dateTime") return Date.parse(String(value));
  const text = String(value);
  return caseExact && type !== "boolean" ? text : text.toLowerCase();
}

function compare(has: string | number, by: Exclude<Comparison, "ne">, wanted: string | number): boolean {
  switch (by) {
    case "eq":
      return has === wanted;
    case "co":
      return String(has).includes(String(wanted));
    case "sw":
      return String(has).startsWith(String(wanted));
    case "ew":
      return String(has).endsWith(String(wanted));
    case "gt":
      return has > wanted;
    case "ge":
      return has >= wanted;
    case "lt":
      return has < wanted;
    case "le":
      return has <= wanted;
  }
}

function isPresent(value: Json): boolean {
  if (typeof value === "string") return value !== "";
  const object = asObject(value);
  return object === undefined || Object.keys(object).length > 0;
}

const unknown = scimProblem("invalidFilter", "The filter names an attribute that there is not.");
const notComparable = scimProblem("invalidFilter", "The filter compares an attribute in a way that it cannot be.");
