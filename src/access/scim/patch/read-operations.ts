import { failed, type Json, type JsonObject, limits, ok, type Result } from "#kernel";
import type { PatchPath } from "../filter/filter.ts";
import { asObject } from "../filter/located.ts";
import { parsePath } from "../filter/parse-filter.ts";
import type { ResourceType } from "../schema/attribute.ts";
import { scimProblem } from "../scim-problem.ts";

/** One change at one place. */
export interface PatchStep {
  readonly op: "add" | "replace" | "remove";
  readonly path: PatchPath;
  readonly value?: Json;
  /** The place was named by a member of the value: what only Corridor sets is passed over there. */
  readonly isImplied: boolean;
}

/**
 * The steps of a patch. Operations may have capitals (`"Add"`), and a value without a path may name its places with dots and
 * brackets in them, as Entra ID does. Problems: `invalidSyntax`, `invalidPath`, `noTarget`. Source: RFC 7644 §3.5.2.
 */
export function readSteps(type: ResourceType, body: JsonObject): Result<readonly PatchStep[]> {
  const key = Object.keys(body).find((each) => each.toLowerCase() === "operations");
  const list = key === undefined ? undefined : body[key];
  if (!Array.isArray(list) || list.length === 0 || list.length > limits.scimPatchOperationsMax) {
    const text = `A patch has Operations, a list of 1 to ${limits.scimPatchOperationsMax}.`;
    return failed(scimProblem("invalidSyntax", text, "Operations"));
  }
  const steps: PatchStep[] = [];
  for (const each of list) {
    const read = stepsOf(type, asObject(each as Json) ?? {});
    if (!read.ok) return read;
    steps.push(...read.value);
  }
  return ok(steps);
}

function stepsOf(type: ResourceType, operation: JsonObject): Result<readonly PatchStep[]> {
  const op = String(operation.op ?? "").toLowerCase();
  if (op !== "add" && op !== "replace" && op !== "remove") {
    return failed(scimProblem("invalidSyntax", "An operation is add, replace or remove.", "op"));
  }
  const { path, value } = operation;
  if (typeof path === "string" && path !== "") {
    const parsed = parsePath(path);
    if (!parsed.ok) return parsed;
    const step = { op, path: parsed.value, ...(value === undefined ? {} : { value }), isImplied: false } as const;
    return value === undefined && op !== "remove" ? failed(noValue) : ok(wholeExtension(step));
  }
  if (op === "remove") return failed(scimProblem("noTarget", "A removal needs a path.", "path"));
  const members = asObject(value);
  return members === undefined ? failed(noValue) : impliedSteps(type, { op, members });
}

const noValue = scimProblem("invalidValue", "The operation needs a value.", "value");

interface Implied {
  readonly op: "add" | "replace";
  readonly members: JsonObject;
  readonly under?: string;
}

/** Names that no schema knows are passed over, as in a whole resource. */
function impliedSteps(type: ResourceType, { op, members, under }: Implied): Result<readonly PatchStep[]> {
  const steps: PatchStep[] = [];
  for (const [name, value] of Object.entries(members)) {
    const extension = type.extensions.find(({ id }) => id.toLowerCase() === name.toLowerCase());
    const inside = asObject(value);
    if (extension !== undefined && inside !== undefined) {
      const below = impliedSteps(type, { op, members: inside, under: extension.id });
      if (!below.ok) return below;
      steps.push(...below.value);
      continue;
    }
    const path = parsePath(under === undefined ? name : `${under}:${name}`);
    if (path.ok && value !== undefined) steps.push({ op, path: path.value, value, isImplied: true });
  }
  return ok(steps);
}

/** A path that names an extension alone means each of the members of the value. */
function wholeExtension(step: PatchStep): readonly PatchStep[] {
  const { path, value } = step;
  const members = asObject(value);
  if (path.name !== undefined || members === undefined) return [step];
  return Object.entries(members).map(([name, part]) => ({
    ...step,
    path: { ...path, name },
    value: part as Json,
    isImplied: true,
  }));
}
