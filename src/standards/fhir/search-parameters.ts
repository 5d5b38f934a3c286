import type { Json, JsonObject } from "#kernel";
import { isResourceType, shapeOf } from "./definitions.ts";
import tables from "./generated/search-parameters.json" with { type: "json" };

/** Source: FHIR R4 §3.1.1.4 (search parameter types). */
export type SearchParameterType =
  | "number"
  | "date"
  | "string"
  | "token"
  | "reference"
  | "composite"
  | "quantity"
  | "uri"
  | "special";

export interface SearchParameter {
  /** What stands in a search: `birthdate`. */
  readonly code: string;
  readonly type: SearchParameterType;
  /** Canonical url of the definition. */
  readonly url: string;
  /** FHIRPath over one resource of this type; undefined where the definition has none (`_text`). */
  readonly expression: string | undefined;
  /** Resource types that a reference may point at; empty for any, or where the type is not reference. */
  readonly targets: readonly string[];
  /** The parts of a composite, in the order in which their values are written; empty for the others. */
  readonly components: readonly SearchComponent[];
}

export interface SearchComponent {
  readonly url: string;
  /** FHIRPath from what the composite's own expression gives. */
  readonly expression: string;
}

interface Row {
  readonly code: string;
  readonly type: string;
  readonly id?: string;
  readonly expression?: string;
  readonly targets?: readonly string[];
  readonly components?: readonly { readonly id: string; readonly expression: string }[];
}

/** A value that an expression found, with its FHIR type. */
export interface FoundValue {
  readonly type: string;
  readonly value: Json;
}

/** A parameter that a hospital defined for itself, beside those of R4. */
export interface AddedSearchParameter extends SearchParameter {
  /** The name under which its values stand in the index: another one for each version of the definition. */
  readonly heldAs: string;
  /** Every resource has been indexed by it. */
  readonly isReady: boolean;
  /** Evaluates an expression that is not of the part which compiles to routes (see `parseSearchExpression`). */
  readonly evaluate?: (resource: JsonObject) => readonly FoundValue[];
}

const rows = tables.parameters as Readonly<Record<string, readonly Row[]>>;
const canonicalBase = "http://hl7.org/fhir/SearchParameter/";

let added: ReadonlyMap<string, readonly AddedSearchParameter[]> = new Map();
let emptyings: readonly (() => void)[] = [];

/**
 * Remembers by resource type what is made of the tables of search parameters, until those change. Another key may stand
 * in the place of a type.
 */
export function rememberByType<T>(make: (type: string) => T): (type: string) => T {
  const known = new Map<string, T>();
  emptyings = [...emptyings, () => known.clear()];
  return (type) => {
    if (!known.has(type)) known.set(type, make(type));
    return known.get(type) as T;
  };
}

/**
 * From now on these parameters, by resource type, are known beside those of R4, and none that were added before. One with
 * the code of an R4 parameter is passed over: what R4 defines stays as it is.
 */
export function setAddedSearchParameters(parameters: ReadonlyMap<string, readonly AddedSearchParameter[]>): void {
  added = parameters;
  for (const empty of emptyings) empty();
}

/** The parameter of this code that was added to a type. */
export function addedSearchParameterOf(type: string, code: string): AddedSearchParameter | undefined {
  if (standardByCode(type).has(code)) return undefined;
  return added.get(type)?.find((parameter) => parameter.code === code);
}

/** Every parameter that R4 itself defines for a type. */
export function standardSearchParametersOf(type: string): readonly SearchParameter[] {
  return [...standardByCode(type).values()];
}

/** Every parameter of a resource type: those of all resources (`_id`, `_tag`, …) first. Empty for an unknown type. */
export function searchParametersOf(type: string): readonly SearchParameter[] {
  return [...parametersByCode(type).values()];
}

export function searchParameterOf(type: string, code: string): SearchParameter | undefined {
  return parametersByCode(type).get(code);
}

const parametersByCode = rememberByType((type): ReadonlyMap<string, SearchParameter> => {
  const ofType = (added.get(type) ?? []).map((parameter): [string, SearchParameter] => [parameter.code, parameter]);
  return ofType.length === 0 ? standardByCode(type) : new Map([...ofType, ...standardByCode(type)]);
});

const standard = new Map<string, ReadonlyMap<string, SearchParameter>>();

function standardByCode(type: string): ReadonlyMap<string, SearchParameter> {
  const known = standard.get(type);
  if (known !== undefined) return known;
  if (!isResourceType(type)) return new Map();
  const bases = shapeOf(type)?.base === "DomainResource" ? ["Resource", "DomainResource", type] : ["Resource", type];
  const parameters = bases.flatMap((base) => (rows[base] ?? []).map((row) => parameterOf(base, row)));
  const table = new Map(parameters.map((parameter) => [parameter.code, parameter]));
  standard.set(type, table);
  return table;
}

function parameterOf(base: string, row: Row): SearchParameter {
  return {
    code: row.code,
    type: row.type as SearchParameterType,
    url: canonicalBase + (row.id ?? `${base}-${row.code}`),
    expression: row.expression,
    targets: row.targets ?? [],
    components: (row.components ?? []).map(({ id, expression }) => ({ url: canonicalBase + id, expression })),
  };
}
