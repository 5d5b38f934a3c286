import type { Json, JsonObject, Problem } from "#kernel";
import { isResourceType } from "#standards/fhir";
import { countRead, type Execution, reportAt, type Spot } from "./execution.ts";
import type { SearchPage } from "./port.ts";
import { textOf } from "./value.ts";

export interface SearchField {
  readonly type: string;
  readonly isConnection: boolean;
}

/** `PatientList` and `PatientConnection`. Source: FHIR R4 GraphQL §1.3 (searching). */
export function searchFieldOf(name: string): SearchField | undefined {
  const [, type = "", form] = /^(\w+)(List|Connection)$/.exec(name) ?? [];
  return isResourceType(type) ? { type, isConnection: form === "Connection" } : undefined;
}

export interface Searching {
  readonly field: SearchField;
  readonly args: ReadonlyMap<string, Json>;
  /** The resource that `_reference` is about; undefined at the root of a query. */
  readonly about: JsonObject | undefined;
  readonly execution: Execution;
  readonly spot: Spot;
}

/** The matches, or one connection with its edges; empty after an error. */
export async function search(searching: Searching): Promise<readonly Json[]> {
  const { field, execution, spot } = searching;
  const params = paramsOf(searching);
  if (params === undefined || !countRead(execution, spot)) return [];
  const found = await execution.port.search(field.type, params);
  if (found.ok) return field.isConnection ? [connectionOf(found.value, params)] : found.value.resources;
  for (const problem of found.problems) reportProblem(problem, searching);
  return [];
}

function reportProblem({ code, message, category }: Problem, { execution, spot }: Searching): void {
  const isFault = category === "fault";
  reportAt(execution, spot, isFault ? "fault" : code, isFault ? "Something went wrong here." : message);
}

type Params = readonly (readonly [string, string])[];

function paramsOf({ args, about, execution, spot }: Searching): Params | undefined {
  const params: [string, string][] = [];
  for (const [name, value] of args) {
    if (name === "_reference" && about !== undefined) continue;
    const text = Array.isArray(value) ? alternatives(value) : textOf(value);
    if (text === undefined) {
      reportAt(execution, spot, "wrong-argument", `The value of ${name} is nothing that can be searched for.`);
      return undefined;
    }
    params.push([parameterName(name), text]);
  }
  if (about === undefined) return params;
  const reference = textOf(args.get("_reference"));
  if (reference === undefined || typeof about.id !== "string") {
    const message = "A search inside a resource that has an id needs _reference, the parameter that leads back to it.";
    reportAt(execution, spot, "reference-missing", message);
    return undefined;
  }
  return [[parameterName(reference), `${about.resourceType}/${about.id}`], ...params];
}

/** Any of these; a comma inside one of them is escaped. Source: FHIR R4 §3.1.1.4.0 (escaping). */
function alternatives(values: readonly Json[]): string | undefined {
  const texts = values.map(textOf);
  return texts.includes(undefined) ? undefined : texts.map((text) => text?.replaceAll(",", "\\,")).join(",");
}

/** GraphQL has no hyphens in names. Source: FHIR R4 GraphQL §1.3. */
function parameterName(name: string): string {
  return name.charAt(0) + name.slice(1).replaceAll("_", "-");
}

function connectionOf({ resources, total, cursors }: SearchPage, params: Params): JsonObject {
  const given = new Map(params);
  const offset = given.has("_cursor") ? undefined : Number(given.get("_offset") ?? 0);
  const edges = resources.map((resource) => ({ mode: "match", resource }));
  return {
    ...(total === undefined ? {} : { count: total }),
    ...(offset === undefined ? {} : { offset }),
    pagesize: resources.length,
    edges,
    ...cursors,
  };
}
