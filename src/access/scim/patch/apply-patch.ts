import { failed, type Json, type JsonObject, ok, type Result } from "#kernel";
import { asObject, type Located, locate } from "../filter/located.ts";
import type { ResourceType } from "../schema/attribute.ts";
import { scimProblem } from "../scim-problem.ts";
import { changeSeveral } from "./change-several.ts";
import { type PatchStep, readSteps } from "./read-operations.ts";
import { checkRequired } from "./read-resource.ts";
import { typedValue } from "./typed-value.ts";

type Mutable = Record<string, Json>;

/**
 * The resource after a patch, or the first thing that is wrong with it: all of it or nothing. Pure; the resource that was
 * given stays as it is. Problems: those of `readSteps`; `invalidPath`, `invalidValue`, `mutability`. Source: RFC 7644 §3.5.2.
 */
export function applyPatch(type: ResourceType, resource: JsonObject, body: JsonObject): Result<JsonObject> {
  const steps = readSteps(type, body);
  if (!steps.ok) return steps;
  const changed = structuredClone(resource) as Mutable;
  for (const step of steps.value) {
    const done = applyStep(type, changed, step);
    if (!done.ok) return done;
  }
  return checkRequired(type, changed);
}

function applyStep(type: ResourceType, resource: Mutable, step: PatchStep): Result<unknown> {
  if (step.path.name === undefined) return removeExtension(type, resource, step);
  const located = locate(type, step.path);
  if (located === undefined) return step.isImplied ? ok(undefined) : failed(unknownPath);
  if (isReadOnly(located)) return step.isImplied ? ok(undefined) : failed(readOnly);
  const holder = holderOf(resource, located);
  if (located.attribute.multiValued) return changeSeveral(holder, located, step);
  if (step.path.filter !== undefined) return failed(unknownPath);
  const changed = located.sub === undefined ? changeOne(holder, located, step) : changePart(holder, located, step);
  if (located.extension !== undefined && Object.keys(holder).length === 0) delete resource[located.extension];
  return changed;
}

function removeExtension(type: ResourceType, resource: Mutable, { op, path }: PatchStep): Result<unknown> {
  const { schema } = path;
  if (op !== "remove" || schema === undefined || !type.extensions.some(({ id }) => id === schema)) {
    return failed(unknownPath);
  }
  delete resource[schema];
  return ok(undefined);
}

function isReadOnly({ attribute, sub }: Located): boolean {
  return attribute.mutability === "readOnly" || sub?.mutability === "readOnly";
}

function holderOf(resource: Mutable, { extension }: Located): Mutable {
  if (extension === undefined) return resource;
  const holder = { ...asObject(resource[extension]) } as Mutable;
  resource[extension] = holder;
  return holder;
}

/** Of a value with parts, those that are not named stay. Source: RFC 7644 §3.5.2.3. */
function changeOne(holder: Mutable, { attribute }: Located, { op, value }: PatchStep): Result<unknown> {
  if (op === "remove" || value === null || value === undefined) {
    delete holder[attribute.name];
    return ok(undefined);
  }
  const typed = typedValue(attribute, value);
  if (!typed.ok) return typed;
  const parts = asObject(typed.value);
  holder[attribute.name] =
    parts === undefined ? typed.value : ({ ...asObject(holder[attribute.name]), ...parts } as JsonObject);
  return ok(undefined);
}

function changePart(holder: Mutable, { attribute, sub }: Located, { op, value }: PatchStep): Result<unknown> {
  if (sub === undefined) return ok(undefined);
  const parts = { ...asObject(holder[attribute.name]) } as Mutable;
  if (op === "remove" || value === null || value === undefined) delete parts[sub.name];
  else {
    const typed = typedValue(sub, value);
    if (!typed.ok) return typed;
    parts[sub.name] = typed.value;
  }
  if (Object.keys(parts).length === 0) delete holder[attribute.name];
  else holder[attribute.name] = parts;
  return ok(undefined);
}

const unknownPath = scimProblem("invalidPath", "The path names an attribute that there is not.", "path");
const readOnly = scimProblem("mutability", "The path names an attribute that only Corridor sets.", "path");
