import {
  conflict,
  failed,
  incorrect,
  isJsonObject,
  type Json,
  type JsonObject,
  limits,
  ok,
  type Result,
} from "#kernel";
import { compileFhirPath, type FhirPathPlace } from "#standards/fhirpath";
import { type ElementValue, isPrimitiveShape, memberNamed, withElement } from "./element-member.ts";
import {
  elementAt,
  jsonPlace,
  listOf,
  withElementAt,
  withListChanged,
  withObject,
  withoutElementAt,
} from "./element-place.ts";
import { sizeOf } from "./json-size.ts";
import { type PatchOperation, readOperations } from "./patch-operation.ts";
import { elementOf, valueTypeOf } from "./patch-value.ts";

/**
 * The resource after all operations of a Parameters in their order, or the first problem and nothing done. Values keep how
 * their numbers were written. Deleting what is not there changes nothing; what is empty after a deletion goes with it.
 * Whether the outcome is a right resource is for `checkResource`.
 * Problems name the operation, from 1; `where` is `Parameters.parameter[0]`. Codes: `patch-malformed`, `patch-too-long`,
 * `patch-element-unknown` (the element is not one of R4's, or cannot hold the value), `json-too-deep` and those of FHIRPath
 * (incorrect); `patch-target-missing`, `patch-target-ambiguous`, `patch-element-given` (conflict).
 * Source: FHIR R4 §3.1.0.6.1 (FHIRPath Patch).
 */
export function applyFhirPathPatch(resource: JsonObject, parameters: Json): Result<JsonObject> {
  const operations = readOperations(parameters);
  if (!operations.ok) return operations;
  let patched = resource;
  for (const operation of operations.value) {
    const result = applyOne(patched, operation);
    if (!result.ok) return result;
    patched = result.value;
  }
  if (sizeOf(patched, { values: Number.POSITIVE_INFINITY, depth: limits.jsonDepthMax }).depth <= limits.jsonDepthMax) {
    return ok(patched);
  }
  return failed(incorrect("json-too-deep", `Nothing may lie deeper than ${limits.jsonDepthMax} levels.`));
}

function applyOne(resource: JsonObject, operation: PatchOperation): Result<JsonObject> {
  const found = locate(resource, operation);
  if (!found.ok) return found;
  const places = found.value;
  switch (operation.type) {
    case "add":
      return add(resource, places, operation);
    case "insert":
      return insert(resource, places, operation);
    case "delete":
      return remove(resource, places, operation);
    case "replace":
      return replace(resource, places, operation);
    case "move":
      return move(resource, places, operation);
  }
}

type Places = readonly FhirPathPlace[];
type Of<Type> = Extract<PatchOperation, { readonly type: Type }>;

function locate(resource: JsonObject, operation: PatchOperation): Result<Places> {
  const compiled = compileFhirPath(operation.path);
  const found = compiled.ok ? compiled.value.locate(resource) : compiled;
  if (found.ok) return ok(found.value.map((place) => ({ ...place, path: jsonPlace(resource, place.path) })));
  const [first, ...rest] = found.problems.map((problem) => ({ ...problem, where: `${whereOf(operation)}.part` }));
  return first === undefined ? found : failed(first, ...rest);
}

function add(resource: JsonObject, places: Places, operation: Of<"add">): Result<JsonObject> {
  const place = onlyOne(places, operation);
  if (!place.ok) return place;
  const { path, type } = place.value;
  const isPrimitive = isPrimitiveShape(type);
  const shape = isPrimitive ? "Element" : type;
  const member = memberNamed(shape, operation.name, valueTypeOf(operation.value));
  const element = member === undefined ? undefined : elementOf(operation.value, member.type);
  if (member === undefined || element === undefined) return unknownElement(operation);
  const here = elementAt(resource, path);
  const object = path.length === 0 ? resource : ((isPrimitive ? here?.beside : here?.value?.value) ?? {});
  // An operation before may have put something else there than R4 has.
  if (!isJsonObject(object)) return unknownElement(operation);
  const changed = withElement(object, member, element);
  if (changed === undefined)
    return refused(operation, "patch-element-given", "the element is there, and may be there once");
  if (!isPrimitive) return settle(operation, withObject(resource, path, changed));
  return settle(operation, withElementAt(resource, path, { value: here?.value, beside: changed }));
}

function insert(resource: JsonObject, places: Places, operation: Of<"insert">): Result<JsonObject> {
  const element = elementOf(operation.value, places[0]?.type ?? "");
  if (element === undefined && places.length > 0) return unknownElement(operation);
  return changeList({ resource, places, operation, last: operation.at - 1 }, (items) =>
    items.toSpliced(operation.at, 0, element as ElementValue),
  );
}

function move(resource: JsonObject, places: Places, operation: Of<"move">): Result<JsonObject> {
  const { source, destination } = operation;
  return changeList({ resource, places, operation, last: Math.max(source, destination) }, (items) =>
    items.toSpliced(source, 1).toSpliced(destination, 0, items[source] as ElementValue),
  );
}

interface ListChange {
  readonly resource: JsonObject;
  readonly places: Places;
  readonly operation: PatchOperation;
  /** The last position that must be there. */
  readonly last: number;
}

function changeList(
  { resource, places, operation, last }: ListChange,
  change: (items: readonly ElementValue[]) => readonly ElementValue[],
): Result<JsonObject> {
  if (places.length === 0) return refused(operation, "patch-target-missing", "there is no list at its path");
  const list = listOf(places.map(({ path }) => path));
  if (list === undefined) return refused(operation, "patch-target-ambiguous", "its path is not that of one whole list");
  if (last >= places.length) return refused(operation, "patch-target-missing", "the list is shorter than its position");
  return settle(operation, withListChanged(resource, list, change));
}

function remove(resource: JsonObject, places: Places, operation: Of<"delete">): Result<JsonObject> {
  if (places.length === 0) return ok(resource);
  const place = onlyOne(places, operation);
  return place.ok ? settle(operation, withoutElementAt(resource, place.value.path)) : place;
}

function replace(resource: JsonObject, places: Places, operation: Of<"replace">): Result<JsonObject> {
  const place = onlyOne(places, operation);
  if (!place.ok) return place;
  const element = elementOf(operation.value, place.value.type);
  if (element === undefined) return unknownElement(operation);
  return settle(operation, withElementAt(resource, place.value.path, element));
}

function onlyOne(places: Places, operation: PatchOperation): Result<FhirPathPlace> {
  const [place, second] = places;
  if (place === undefined) return refused(operation, "patch-target-missing", "nothing stands at its path");
  if (second !== undefined) return refused(operation, "patch-target-ambiguous", "several elements stand at its path");
  return ok(place);
}

function settle(operation: PatchOperation, changed: JsonObject | undefined): Result<JsonObject> {
  return changed === undefined ? refused(operation, "patch-target-missing", "it cannot be done there") : ok(changed);
}

function unknownElement(operation: PatchOperation): Result<never> {
  const message = `Operation ${operation.index + 1} (${operation.type}): there is no such element here that takes this value.`;
  return failed(incorrect("patch-element-unknown", message, { where: whereOf(operation) }));
}

function refused(operation: PatchOperation, code: string, message: string): Result<never> {
  const sentence = `Operation ${operation.index + 1} (${operation.type}): ${message}.`;
  return failed(conflict(code, sentence, { where: whereOf(operation) }));
}

function whereOf({ index }: PatchOperation): string {
  return `Parameters.parameter[${index}]`;
}
