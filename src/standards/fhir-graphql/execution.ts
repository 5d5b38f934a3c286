import { type Json, type JsonObject, limits } from "#kernel";
import type { FhirPath } from "#standards/fhirpath";
import type { Field, Fragment, Selection } from "./document.ts";
import { type GraphqlError, type QueryPlace, queryError } from "./error.ts";
import type { ObjectType } from "./object-type.ts";
import type { GraphqlPort } from "./port.ts";

/** One query being carried out. */
export interface Execution {
  readonly port: GraphqlPort;
  readonly fragments: ReadonlyMap<string, Fragment>;
  /** Of the operation, coerced; one that was not given is absent. */
  readonly variables: ReadonlyMap<string, Json>;
  readonly errors: GraphqlError[];
  /** What references point at, by the reference; each is asked for once. */
  readonly resolved: Map<string, Promise<JsonObject | undefined>>;
  /** Fields of a selection from objects of a type, found once. */
  readonly collected: Map<readonly Selection[], Map<ObjectType, readonly Field[]>>;
  /** FHIRPath expressions of the query, compiled once for a type. */
  readonly paths: Map<string, FhirPath>;
  readonly failedPaths: Set<string>;
  fields: number;
  reads: number;
}

export type ResponsePath = readonly (string | number)[];

/** Where an error belongs: in the query and in the answer. */
export interface Spot {
  readonly at: QueryPlace;
  readonly path: ResponsePath;
}

export function reportAt(execution: Execution, { at, path }: Spot, code: string, message: string): void {
  if (execution.errors.length >= limits.graphqlErrorsMax) return;
  const error = queryError(code, message, at);
  execution.errors.push(path.length === 0 ? error : { ...error, path });
}

/** Counts a field that is answered; false, with an error, beyond the limit. */
export function countField(execution: Execution, spot: Spot): boolean {
  execution.fields += 1;
  if (execution.fields === limits.graphqlFieldsMax + 1) {
    const message = `An answer may have ${limits.graphqlFieldsMax} fields at most.`;
    reportAt(execution, spot, "graphql-too-many-fields", message);
  }
  return execution.fields <= limits.graphqlFieldsMax;
}

/** Counts a read or search; false, with an error, beyond the limit. */
export function countRead(execution: Execution, spot: Spot): boolean {
  execution.reads += 1;
  if (execution.reads === limits.graphqlReadsMax + 1) {
    const message = `A query may read and search ${limits.graphqlReadsMax} times at most.`;
    reportAt(execution, spot, "graphql-too-many-reads", message);
  }
  return execution.reads <= limits.graphqlReadsMax;
}
