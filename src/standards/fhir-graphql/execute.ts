import { type JsonObject, limits } from "#kernel";
import type { GraphqlDocument, Operation } from "./document.ts";
import { type GraphqlError, queryError } from "./error.ts";
import { answer } from "./evaluate.ts";
import type { Execution } from "./execution.ts";
import { objectTypeOf, queryType, resourceTypeName } from "./object-type.ts";
import { checkOperation } from "./operation-check.ts";
import { parseGraphql } from "./parser.ts";
import type { GraphqlPort } from "./port.ts";
import { coerceVariables } from "./variables.ts";

export interface GraphqlRequest {
  readonly query: string;
  /** Needed where the query has several operations. */
  readonly operationName?: string;
  readonly variables?: JsonObject;
  /** The resource the query is about (`[type]/[id]/$graphql`); without it the query is about the whole record. */
  readonly resource?: JsonObject;
}

/** Source: GraphQL (October 2021) §7.1. */
export interface GraphqlAnswer {
  /** Absent where the query could not be carried out at all. What is not there is left out, and so is what went wrong. */
  readonly data?: JsonObject;
  /** At most `limits.graphqlErrorsMax`; absent where there is none. */
  readonly errors?: readonly GraphqlError[];
}

/**
 * Answers a query from the record. Numbers of the answer remember how they were written (`writtenNumbers` of `#kernel`).
 * Bounds, each an error where it is passed: `limits.graphql…`. Only queries are carried out, no mutations or
 * subscriptions. Source: FHIR R4 GraphQL; GraphQL (October 2021) §6.
 */
export async function executeGraphql(request: GraphqlRequest, port: GraphqlPort): Promise<GraphqlAnswer> {
  const parsed = parseGraphql(request.query);
  if (!parsed.ok) return { errors: [parsed.error] };
  const { document } = parsed;
  const operation = chooseOperation(document, request.operationName);
  if ("message" in operation) return { errors: [operation] };
  const variables = coerceVariables(operation, request.variables ?? {});
  const wrong = [...checkOperation(operation, document), ...variables.errors];
  if (wrong.length > 0) return { errors: wrong.slice(0, limits.graphqlErrorsMax) };
  const execution: Execution = {
    port,
    fragments: document.fragments,
    variables: variables.values,
    errors: [],
    resolved: new Map(),
    collected: new Map(),
    paths: new Map(),
    failedPaths: new Set(),
    fields: 0,
    reads: 0,
  };
  const data = await answer(rootOf(request.resource), operation.selections, execution);
  return execution.errors.length === 0 ? { data } : { data, errors: execution.errors };
}

function rootOf(resource: JsonObject | undefined): Parameters<typeof answer>[0] {
  if (resource === undefined) return { object: {}, type: queryType, root: {}, path: [] };
  return { object: resource, type: objectTypeOf(resourceTypeName(resource)), root: resource, path: [] };
}

function chooseOperation({ operations }: GraphqlDocument, name: string | undefined): Operation | GraphqlError {
  const named = operations.filter((operation) => name === undefined || operation.name === name);
  const [operation, second] = named;
  const at = operation?.at ?? { line: 1, column: 1 };
  if (operation === undefined) return queryError("unknown-operation", "There is no operation of this name.", at);
  if (second !== undefined) return queryError("unknown-operation", "Say by its name which operation to carry out.", at);
  if (operation.type === "query") return operation;
  return queryError("not-a-query", `A ${operation.type} is not carried out; only queries are.`, at);
}
