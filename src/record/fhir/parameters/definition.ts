import { failed, incorrect, type Json, type JsonObject, ok, okUnless, type Problem, type Result } from "#kernel";
import {
  type AddedSearchParameter,
  isIndexed,
  isResourceType,
  parseReference,
  type SearchParameter as R4SearchParameter,
  resourceTypes,
  type SearchParameterType,
  shapeOf,
  standardSearchParametersOf,
} from "#standards/fhir";
import { compileFhirPath, type FhirPath } from "#standards/fhirpath";
import type { Version } from "../../documents/document.ts";

/** A SearchParameter resource that Corridor indexes by. */
export interface ParameterDefinition {
  readonly id: string;
  readonly version: number;
  readonly parameter: Omit<AddedSearchParameter, "isReady" | "evaluate">;
  /** Resource types, none of them abstract. */
  readonly types: readonly string[];
  /** Where the expression is not of the part that compiles to routes. */
  readonly path?: FhirPath;
}

const searchedTypes: readonly SearchParameterType[] = [
  "number",
  "date",
  "string",
  "token",
  "reference",
  "quantity",
  "uri",
];

const codePattern = /^[A-Za-z_][A-Za-z0-9_-]{0,63}$/;

/**
 * What a SearchParameter asks for; undefined where it asks for nothing: it is not `active`, or it is one of R4's own.
 * Problems: what keeps it from being used. Source: FHIR R4 SearchParameter.
 */
export function definitionOf(version: Version): Result<ParameterDefinition | undefined> {
  const body = JSON.parse(version.body) as JsonObject;
  const { code, type, expression, url } = body;
  const types = typesOf(body);
  if (body.status !== "active" || isOfR4(types, String(url))) return ok(undefined);
  const problems = [
    ...problemUnless(typeof code === "string" && codePattern.test(code), "code", "A code is letters, digits, - and _."),
    ...problemUnless(
      isSearchedType(type),
      "type",
      `Corridor indexes by parameters of type ${searchedTypes.join(", ")}.`,
    ),
    ...problemUnless(typeof expression === "string", "expression", "Without an expression there is nothing to index."),
    ...problemUnless(types.length > 0, "base", "base must name resource types of R4."),
    ...types.flatMap((of) =>
      problemUnless(!isTaken(of, String(code)), "code", `R4 has a parameter ${String(code)} of ${of} already.`),
    ),
  ];
  if (problems.length > 0) return okUnless(problems, undefined);
  const parameter = {
    code: String(code),
    type: type as SearchParameterType,
    url: String(url),
    expression: String(expression),
    targets: Array.isArray(body.target) ? body.target.map(String) : [],
    components: [],
    heldAs: `${String(code)}#${version.id}.${version.version}`,
  };
  const path = pathOf(parameter, types);
  if (!path.ok) return path;
  const { id } = version;
  const known = { id, version: version.version, parameter, types };
  return ok(path.value === undefined ? known : { ...known, path: path.value });
}

/** Undefined where every type's expression compiles to routes, which is quicker. */
function pathOf(parameter: R4SearchParameter, types: readonly string[]): Result<FhirPath | undefined> {
  if (types.every((type) => isIndexed(parameter, type))) return ok(undefined);
  const path = compileFhirPath(parameter.expression ?? "");
  if (path.ok) return path;
  return failed(wrong("expression", `The expression is not FHIRPath: ${path.problems[0].message}`));
}

/** Concrete types: `Resource` and `DomainResource` stand for all that are derived from them. */
function typesOf({ base }: JsonObject): readonly string[] {
  const bases = Array.isArray(base) ? base.map(String) : [];
  const found = bases.flatMap((name) =>
    isResourceType(name) ? [name] : resourceTypes.filter((type) => isA(type, name)),
  );
  // The audit log has keys of its own.
  return [...new Set(found)].filter((type) => type !== "AuditEvent");
}

function isA(type: string, base: string): boolean {
  for (let name: string | undefined = type; name !== undefined; name = shapeOf(name)?.base) {
    if (name === base) return true;
  }
  return false;
}

function isOfR4(types: readonly string[], url: string): boolean {
  return types.some((type) => standardSearchParametersOf(type).some((parameter) => parameter.url === url));
}

function isTaken(type: string, code: string): boolean {
  return standardSearchParametersOf(type).some((parameter) => parameter.code === code);
}

function isSearchedType(type: unknown): boolean {
  return searchedTypes.some((known) => known === type);
}

function problemUnless(condition: boolean, element: string, message: string): readonly Problem[] {
  return condition ? [] : [wrong(element, message)];
}

function wrong(element: string, message: string): Problem {
  return incorrect("wrong-search-parameter", message, { where: `SearchParameter.${element}` });
}

/** The parameter as the tables of a type take it. */
export function addedParameter({ parameter, path }: ParameterDefinition, isReady: boolean): AddedSearchParameter {
  if (path === undefined) return { ...parameter, isReady };
  return {
    ...parameter,
    isReady,
    evaluate: (resource) => {
      const found = path.evaluateTyped(resource, { resource, rootResource: resource, resolve: stub });
      return found.ok ? found.value.map(({ type, value }) => ({ type: fhirTypeOf(type), value: value as Json })) : [];
    },
  };
}

/** What an expression computes has FHIRPath's own types: `System.String` is called as FHIR's primitive but for its case. */
function fhirTypeOf(type: string): string {
  const name = /^System\.(\w+)$/.exec(type)?.[1];
  return name === undefined || name === "Quantity"
    ? type.replace("System.", "")
    : name.charAt(0).toLowerCase() + name.slice(1);
}

/** Of what a reference points at only the type is known, which is what expressions ask for (`resolve() is Patient`). */
function stub(reference: string): JsonObject | undefined {
  const literal = parseReference(reference);
  return literal === undefined ? undefined : { resourceType: literal.type, id: literal.id };
}
