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

const rows = tables.parameters as Readonly<Record<string, readonly Row[]>>;
const byType = new Map<string, ReadonlyMap<string, SearchParameter>>();
const canonicalBase = "http://hl7.org/fhir/SearchParameter/";

/** Every parameter of a resource type: those of all resources (`_id`, `_tag`, …) first. Empty for an unknown type. */
export function searchParametersOf(type: string): readonly SearchParameter[] {
  return [...parametersByCode(type).values()];
}

export function searchParameterOf(type: string, code: string): SearchParameter | undefined {
  return parametersByCode(type).get(code);
}

function parametersByCode(type: string): ReadonlyMap<string, SearchParameter> {
  const known = byType.get(type);
  if (known !== undefined) return known;
  if (!isResourceType(type)) return new Map();
  const bases = shapeOf(type)?.base === "DomainResource" ? ["Resource", "DomainResource", type] : ["Resource", type];
  const parameters = bases.flatMap((base) => (rows[base] ?? []).map((row) => parameterOf(base, row)));
  const table = new Map(parameters.map((parameter) => [parameter.code, parameter]));
  byType.set(type, table);
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
