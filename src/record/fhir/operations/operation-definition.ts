import type { JsonObject } from "#kernel";
import type { Operation, OperationParameter, StatedOperation } from "./operation.ts";

/** Where the definition of one of Corridor's own operations is read, below the FHIR door. */
export function definitionPath({ code }: StatedOperation): string {
  return `OperationDefinition/corridor-${code}`;
}

/** An operation as the CapabilityStatement names it. Source: FHIR R4 §5.2 (rest.resource.operation). */
export function capabilityOf(operation: StatedOperation, base: string) {
  return { name: operation.code, definition: canonicalOf(operation, base) };
}

function canonicalOf(operation: StatedOperation, base: string): string {
  return operation.definition ?? `${base}/${definitionPath(operation)}`;
}

/** The definition of one of Corridor's own operations. Source: FHIR R4 §5.5 (OperationDefinition). */
export function operationDefinition(operation: Omit<Operation, "run">, base: string): JsonObject {
  const { code, title, description, types, levels, affectsState, parameters } = operation;
  return {
    resourceType: "OperationDefinition",
    id: `corridor-${code}`,
    url: canonicalOf(operation, base),
    name: code.replace(/(^|-)([a-z])/g, (_all, _start, letter: string) => letter.toUpperCase()),
    title,
    status: "active",
    kind: "operation",
    description,
    affectsState,
    code,
    ...(types === undefined ? { resource: ["Resource"] } : { resource: [...types] }),
    system: levels.includes("system"),
    type: levels.includes("type"),
    instance: levels.includes("instance"),
    parameter: [...parameters.map(parameterOf), returned],
  };
}

function parameterOf({ name, type, isRequired, isRepeated, documentation }: OperationParameter): JsonObject {
  return {
    name,
    use: "in",
    min: isRequired === true ? 1 : 0,
    max: isRepeated === true ? "*" : "1",
    documentation,
    type,
  };
}

const returned: JsonObject = { name: "return", use: "out", min: 1, max: "1", type: "Any" };
