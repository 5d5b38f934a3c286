import type { Result } from "#kernel";
import type { SystemInteraction, TypeInteraction } from "#standards/fhir";
import type { Answer } from "../answer.ts";
import type { Asked } from "../asked.ts";
import type { FhirContext } from "../context.ts";
import { operationRows } from "../operations/operation-rows.ts";
import { create } from "./create.ts";
import { instanceHistory, systemHistory, typeHistory } from "./history.ts";
import { conditionalPatch, patch } from "./patch.ts";
import { readNewest, readOneVersion } from "./read.ts";
import { conditionalRemove, remove } from "./remove.ts";
import { searchRows } from "./search-rows.ts";
import { conditionalUpdate, update } from "./update.ts";

export type Interaction = (asked: Asked, context: FhirContext) => Promise<Result<Answer>>;

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export interface InteractionRow {
  readonly method: Method;
  /** Below the address of the FHIR door. */
  readonly path: string;
  readonly summary: string;
  readonly run: Interaction;
  /** What the CapabilityStatement says because of it. */
  readonly states?: Stated;
}

/** An interaction of a type or of everything, or one that depends on a condition. */
export type Stated =
  | TypeInteraction
  | SystemInteraction
  | "conditional-update"
  | "conditional-patch"
  | "conditional-delete";

/** What may be asked of one address, by a request or by an entry of a Bundle. Source: FHIR R4 §3.1.0 (the table). */
export const interactions: readonly InteractionRow[] = [
  ...operationRows,
  {
    method: "GET",
    path: "_history",
    summary: "Changes of all resources, newest first",
    run: systemHistory,
    states: "history-system",
  },
  {
    method: "POST",
    path: ":type",
    summary: "Create a resource, or not when one matches If-None-Exist",
    run: create,
    states: "create",
  },
  {
    method: "PUT",
    path: ":type",
    summary: "Update the one that matches, or create it",
    run: conditionalUpdate,
    states: "conditional-update",
  },
  {
    method: "PATCH",
    path: ":type",
    summary: "Change parts of the one that matches",
    run: conditionalPatch,
    states: "conditional-patch",
  },
  {
    method: "DELETE",
    path: ":type",
    summary: "Delete all that match",
    run: conditionalRemove,
    states: "conditional-delete",
  },
  {
    method: "GET",
    path: ":type/_history",
    summary: "Changes of a type, newest first",
    run: typeHistory,
    states: "history-type",
  },
  { method: "GET", path: ":type/:id", summary: "Read a resource", run: readNewest, states: "read" },
  {
    method: "PUT",
    path: ":type/:id",
    summary: "Update a resource, or create it under this id",
    run: update,
    states: "update",
  },
  { method: "PATCH", path: ":type/:id", summary: "Change parts of a resource", run: patch, states: "patch" },
  {
    method: "DELETE",
    path: ":type/:id",
    summary: "Delete a resource; its history stays",
    run: remove,
    states: "delete",
  },
  {
    method: "GET",
    path: ":type/:id/_history",
    summary: "Versions of a resource, newest first",
    run: instanceHistory,
    states: "history-instance",
  },
  {
    method: "GET",
    path: ":type/:id/_history/:version",
    summary: "Read one version",
    run: readOneVersion,
    states: "vread",
  },
  ...searchRows,
];

export interface FoundInteraction {
  readonly run: Interaction;
  readonly params: Readonly<Record<string, string>>;
}

/** The interaction for an address, given as its parts. */
export function interactionFor(method: string, path: readonly string[]): FoundInteraction | undefined {
  for (const row of interactions) {
    const params = row.method === method ? paramsOf(row.path.split("/"), path) : undefined;
    if (params !== undefined) return { run: row.run, params };
  }
  return undefined;
}

/** What the named parts of a pattern are in a path; undefined where the path is another. */
export function paramsOf(pattern: readonly string[], path: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== path.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const part = path[index] ?? "";
    if (expected.startsWith(":")) params[expected.slice(1)] = part;
    else if (expected !== part) return undefined;
  }
  return params;
}
