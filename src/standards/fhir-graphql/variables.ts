import type { Json, JsonObject } from "#kernel";
import type { Operation, VariableDefinition, VariableType } from "./document.ts";
import { type GraphqlError, queryError } from "./error.ts";
import { jsonOf } from "./value.ts";

export interface CoercedVariables {
  readonly values: ReadonlyMap<string, Json>;
  readonly errors: readonly GraphqlError[];
}

/**
 * What the variables of an operation stand for. Types other than the five of GraphQL are those of search parameters, for
 * which any scalar will do. Source: GraphQL (October 2021) §6.1.2, §3.5.
 */
export function coerceVariables(operation: Operation, given: JsonObject): CoercedVariables {
  const values = new Map<string, Json>();
  const errors: GraphqlError[] = [];
  for (const definition of operation.variables) {
    const { name, type, at } = definition;
    const value = valueFor(definition, given);
    const flaw = values.has(name) ? "is declared twice" : flawOf(value, type);
    if (flaw !== undefined) errors.push(queryError("wrong-variable", `The variable ${name} ${flaw}.`, at));
    if (value !== undefined) values.set(name, value);
  }
  return { values, errors };
}

function valueFor({ name, fallback }: VariableDefinition, given: JsonObject): Json | undefined {
  if (Object.hasOwn(given, name)) return given[name];
  return fallback === undefined ? undefined : jsonOf(fallback, new Map());
}

function flawOf(value: Json | undefined, type: VariableType): string | undefined {
  if (value === undefined || value === null) return type.isRequired ? "must be given" : undefined;
  if (type.is === "named") {
    const isRight = scalars[type.name] ?? isScalar;
    return isRight(value) ? undefined : `is not of type ${type.name}`;
  }
  const items = Array.isArray(value) ? (value as readonly Json[]) : [value];
  return items.map((item) => flawOf(item, type.of)).find((flaw) => flaw !== undefined);
}

const integerMax = 2_147_483_647;

const scalars: Readonly<Record<string, ((value: Json) => boolean) | undefined>> = {
  Int: (value) => Number.isInteger(value) && Math.abs(value as number) <= integerMax,
  Float: (value) => typeof value === "number",
  String: (value) => typeof value === "string",
  Boolean: (value) => typeof value === "boolean",
  ID: (value) => typeof value === "string" || Number.isInteger(value),
};

function isScalar(value: Json): boolean {
  return typeof value !== "object";
}
