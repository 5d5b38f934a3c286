import {
  conflict,
  failed,
  incorrect,
  isJsonObject,
  type Json,
  type JsonObject,
  limits,
  ok,
  type Problem,
  type Result,
} from "#kernel";
import { isSameJson } from "./json-equality.ts";
import { addAt, type Place, type Placed, placedAt, removeAt, replaceAt } from "./json-place.ts";
import { parsePointer } from "./json-pointer.ts";
import { sizeOf } from "./json-size.ts";

/**
 * The document after all operations in their order, or the first problem and nothing done. What was parsed with its numbers as
 * written keeps them so, and so do values of the patch.
 * Problems name the operation, from 1, and its pointer; `where` is `patch[0].path`. Codes: `patch-malformed`,
 * `patch-too-long` beyond `limits.patchOperationsMax`, `json-too-deep`, `patch-too-large` where copies make the document
 * grow beyond `limits.patchCopiedValuesMax` values (incorrect); `patch-target-missing`, `patch-test-failed` (conflict).
 * Source: RFC 6902; RFC 6901.
 */
export function applyJsonPatch(document: Json, operations: Json): Result<Json> {
  if (!Array.isArray(operations)) {
    return failed(incorrect("patch-malformed", "A JSON Patch is an array of operations.", { where: "patch" }));
  }
  if (operations.length > limits.patchOperationsMax) {
    const message = `A patch may have ${limits.patchOperationsMax} operations at most.`;
    return failed(incorrect("patch-too-long", message, { where: "patch" }));
  }
  const patching: Patching = { document, copiedValues: 0 };
  for (const [index, item] of (operations as readonly Json[]).entries()) {
    const problem = applyOne(patching, item, index);
    if (problem !== undefined) return failed(problem);
  }
  return ok(patching.document);
}

interface Patching {
  document: Json;
  copiedValues: number;
}

interface Operation {
  readonly index: number;
  readonly op: keyof typeof verbs;
  /** As it was given. */
  readonly pointer: string;
  readonly place: Place;
  readonly from: Place;
  readonly value: Placed;
}

function applyOne(patching: Patching, item: Json, index: number): Problem | undefined {
  const operation = operationOf(item, index);
  return "category" in operation ? operation : verbs[operation.op](patching, operation);
}

function operationOf(item: Json, index: number): Operation | Problem {
  const members = isJsonObject(item) ? item : {};
  const { op, path, from } = members;
  if (!isVerb(op)) return malformed(index, "op", `its op is none of ${Object.keys(verbs).join(", ")}`);
  const place = typeof path === "string" ? parsePointer(path) : undefined;
  if (typeof path !== "string" || place === undefined) return malformed(index, "path", "its path is no JSON pointer");
  const needsFrom = op === "move" || op === "copy";
  const source = needsFrom && typeof from === "string" ? parsePointer(from) : [];
  if (source === undefined || (needsFrom && typeof from !== "string")) {
    return malformed(index, "from", "its from is no JSON pointer");
  }
  if (!needsFrom && op !== "remove" && !Object.hasOwn(members, "value"))
    return malformed(index, "value", "it has no value");
  if (Math.max(place.length, source.length) > limits.jsonDepthMax) return tooDeep(index);
  return { index, op, pointer: path, place, from: source, value: givenValue(members) };
}

function givenValue(members: JsonObject): Placed {
  return placedAt(members, ["value"]) ?? { value: null };
}

/** What each operation does; it gives back what keeps it from being done. Source: RFC 6902 §4. */
const verbs = {
  add: (patching: Patching, operation: Operation) => put(patching, operation, operation.value),
  remove: (patching: Patching, operation: Operation) =>
    settle(patching, operation, removeAt(patching.document, operation.place)),
  replace: (patching: Patching, operation: Operation) => {
    const changed = replaceAt(patching.document, operation.place, operation.value);
    return depthProblem(operation, operation.value.value) ?? settle(patching, operation, changed);
  },
  move,
  copy,
  test: (patching: Patching, operation: Operation) => {
    const found = placedAt(patching.document, operation.place);
    if (found === undefined) return missing(operation, "nothing stands there");
    if (isSameJson(found.value, operation.value.value)) return undefined;
    return refused(operation, { code: "patch-test-failed", message: "another value stands there" });
  },
} satisfies Record<string, (patching: Patching, operation: Operation) => Problem | undefined>;

function isVerb(op: Json | undefined): op is keyof typeof verbs {
  return typeof op === "string" && Object.hasOwn(verbs, op);
}

function move(patching: Patching, operation: Operation): Problem | undefined {
  const { from, place } = operation;
  const found = placedAt(patching.document, from);
  if (found === undefined) return missing(operation, "nothing stands where it moves from");
  if (from.every((step, at) => step === place[at])) {
    if (from.length === place.length) return undefined;
    return missing(operation, "a value cannot be moved into itself");
  }
  const without = removeAt(patching.document, from);
  if (without === undefined) return missing(operation, "it cannot be moved away");
  return depthProblem(operation, found.value) ?? settle(patching, operation, addAt(without, place, found));
}

function copy(patching: Patching, operation: Operation): Problem | undefined {
  const found = placedAt(patching.document, operation.from);
  if (found === undefined) return missing(operation, "nothing stands where it copies from");
  const budget = limits.patchCopiedValuesMax - patching.copiedValues;
  patching.copiedValues += sizeOf(found.value, { values: budget, depth: limits.jsonDepthMax }).values;
  if (patching.copiedValues > limits.patchCopiedValuesMax) {
    const message = `Copies may add ${limits.patchCopiedValuesMax} values at most.`;
    return incorrect("patch-too-large", message, { where: whereOf(operation.index) });
  }
  return put(patching, operation, found);
}

function put(patching: Patching, operation: Operation, placed: Placed): Problem | undefined {
  const changed = addAt(patching.document, operation.place, placed);
  return depthProblem(operation, placed.value) ?? settle(patching, operation, changed);
}

function settle(patching: Patching, operation: Operation, changed: Json | undefined): Problem | undefined {
  if (changed === undefined) return missing(operation, "there is no such place");
  patching.document = changed;
  return undefined;
}

function depthProblem({ index, place }: Operation, value: Json): Problem | undefined {
  const depth = limits.jsonDepthMax - place.length;
  return sizeOf(value, { values: Number.POSITIVE_INFINITY, depth }).depth > depth ? tooDeep(index) : undefined;
}

function tooDeep(index: number): Problem {
  return incorrect("json-too-deep", `Nothing may lie deeper than ${limits.jsonDepthMax} levels.`, {
    where: whereOf(index),
  });
}

function malformed(index: number, member: string, message: string): Problem {
  return incorrect("patch-malformed", `Operation ${index + 1}: ${message}.`, { where: `patch[${index}].${member}` });
}

function missing(operation: Operation, message: string): Problem {
  return refused(operation, { code: "patch-target-missing", message });
}

function refused(
  { index, op, pointer }: Operation,
  { code, message }: { readonly code: string; readonly message: string },
): Problem {
  // A pointer is names of elements; anything else the sender may have put there is not repeated.
  const told = /^[\w/~.-]{0,200}$/.test(pointer) ? ` ${pointer}` : "";
  return conflict(code, `Operation ${index + 1} (${op}${told}): ${message}.`, { where: whereOf(index) });
}

function whereOf(index: number): string {
  return `patch[${index}].path`;
}
