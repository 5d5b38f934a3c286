import { ok, type Result, toIso } from "#kernel";
import {
  capabilityStatement,
  resourceTypes,
  searchParametersOf,
  type TypeCapability,
  type TypeInteraction,
} from "#standards/fhir";
import type { Answer } from "../answer.ts";
import type { Asked } from "../asked.ts";
import type { FhirContext } from "../context.ts";
import { operations, operationsOf } from "../operations/catalogue.ts";
import type { StatedOperation } from "../operations/operation.ts";
import { capabilityOf } from "../operations/operation-definition.ts";
import { searchableParameters } from "../search/searchable.ts";
import { referenceParameters } from "../search-results/references.ts";
import { checkParameters } from "./requested.ts";

/** The program, as it names itself. */
export interface Software {
  readonly name: string;
  readonly version: string;
}

let resources: readonly TypeCapability[] | undefined;

/** What this server does and nothing else. Source: FHIR R4 §3.1.0.13 (capabilities). */
export function metadata(software: Software, elsewhere: readonly StatedOperation[]) {
  return async (asked: Asked, { clock }: FhirContext): Promise<Result<Answer>> => {
    const known = checkParameters(asked);
    if (!known.ok) return known;
    resources ??= resourceTypes.map(typeCapability);
    const told = (operation: StatedOperation) => capabilityOf(operation, asked.base);
    const statement = capabilityStatement({
      software,
      url: asked.base,
      date: toIso(clock.now()),
      description: "Corridor: the health record of one hospital.",
      formats: ["application/fhir+json", "json"],
      security: { description: "A bearer token, or the cookie of a session. What a caller may not see is not found." },
      interactions: ["transaction", "batch", "history-system", "search-system"],
      operations: [...operations, ...elsewhere].filter(({ levels }) => levels.includes("system")).map(told),
      resources: resources.map((resource) => {
        const others = elsewhere.filter(({ types }) => types?.includes(resource.type) === true);
        return { ...resource, operations: [...operationsOf(resource.type), ...others].map(told) };
      }),
    });
    return ok({ status: 200, body: JSON.stringify(statement) });
  };
}

const reading: readonly TypeInteraction[] = ["read", "vread", "history-instance", "history-type", "search-type"];

let pointers: ReadonlyMap<string, readonly string[]> | undefined;

/** By type, the reference parameters of others that may point at it. */
function pointersAt(): ReadonlyMap<string, readonly string[]> {
  if (pointers !== undefined) return pointers;
  const found = new Map<string, string[]>(resourceTypes.map((type) => [type, []]));
  for (const type of resourceTypes) {
    for (const { type: parameterType, code, targets } of searchParametersOf(type)) {
      if (parameterType !== "reference") continue;
      for (const target of targets) found.get(target)?.push(`${type}:${code}`);
    }
  }
  pointers = found;
  return pointers;
}

function typeCapability(type: string): TypeCapability {
  const searchParameters = [...searchableParameters(type).values()];
  const shared = {
    type,
    searchParameters,
    includes: ["*", ...referenceParameters(type).map((code) => `${type}:${code}`)],
    reverseIncludes: ["*", ...(pointersAt().get(type) ?? [])],
    versioning: "versioned",
    readHistory: true,
    conditionalRead: "full-support",
    conditionalDelete: "not-supported",
  } as const;
  if (type === "AuditEvent") {
    const withoutChange = { updateCreate: false, conditionalCreate: false, conditionalUpdate: false };
    return { ...shared, ...withoutChange, interactions: [...reading, "create"] };
  }
  const withChange = { updateCreate: true, conditionalCreate: true, conditionalUpdate: true };
  return { ...shared, ...withChange, interactions: [...reading, "create", "update", "delete"] };
}
