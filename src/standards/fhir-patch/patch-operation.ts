import {
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

export type PatchOperation = { readonly index: number; readonly path: string } & (
  | { readonly type: "add"; readonly name: string; readonly value: JsonObject }
  | { readonly type: "insert"; readonly at: number; readonly value: JsonObject }
  | { readonly type: "delete" }
  | { readonly type: "replace"; readonly value: JsonObject }
  | { readonly type: "move"; readonly source: number; readonly destination: number }
);

/** The operations that a Parameters holds; values stay the parts they are. Source: FHIR R4 §3.1.0.6.1 (FHIRPath Patch). */
export function readOperations(parameters: Json): Result<readonly PatchOperation[]> {
  if (!isJsonObject(parameters) || parameters.resourceType !== "Parameters") {
    return failed(incorrect("patch-malformed", "A FHIRPath Patch is a Parameters resource.", { where: "Parameters" }));
  }
  const given = objectsIn(parameters.parameter);
  if (given.length > limits.patchOperationsMax) {
    const message = `A patch may have ${limits.patchOperationsMax} operations at most.`;
    return failed(incorrect("patch-too-long", message, { where: "Parameters.parameter" }));
  }
  const operations: PatchOperation[] = [];
  for (const [index, parameter] of given.entries()) {
    const operation = operationOf(parameter, index);
    if ("category" in operation) return failed(operation);
    operations.push(operation);
  }
  return ok(operations);
}

export function objectsIn(list: Json | undefined): readonly JsonObject[] {
  return Array.isArray(list) ? (list as readonly Json[]).filter(isJsonObject) : [];
}

function operationOf(parameter: JsonObject, index: number): PatchOperation | Problem {
  const parts = new Map(objectsIn(parameter.part).map((part) => [part.name, part]));
  const text = (name: string) => parts.get(name)?.valueString ?? parts.get(name)?.valueCode;
  const whole = (name: string) => parts.get(name)?.valueInteger;
  const [type, path, name, value] = [text("type"), text("path"), text("name"), parts.get("value")];
  if (parameter.name !== "operation") return malformed(index, "its name is not operation");
  if (typeof path !== "string") return malformed(index, "it has no path");
  const common = { index, path };
  switch (type) {
    case "add":
      if (typeof name !== "string") return malformed(index, "it has no name");
      return value === undefined ? malformed(index, "it has no value") : { ...common, type, name, value };
    case "insert": {
      const at = whole("index");
      if (!isPosition(at)) return malformed(index, "its index is no position");
      return value === undefined ? malformed(index, "it has no value") : { ...common, type, at, value };
    }
    case "delete":
      return { ...common, type };
    case "replace":
      return value === undefined ? malformed(index, "it has no value") : { ...common, type, value };
    case "move": {
      const [source, destination] = [whole("source"), whole("destination")];
      if (!isPosition(source) || !isPosition(destination))
        return malformed(index, "its source or destination is no position");
      return { ...common, type, source, destination };
    }
    default:
      return malformed(index, "its type is none of add, insert, delete, replace and move");
  }
}

function isPosition(value: Json | undefined): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

function malformed(index: number, message: string): Problem {
  return incorrect("patch-malformed", `Operation ${index + 1}: ${message}.`, {
    where: `Parameters.parameter[${index}]`,
  });
}
