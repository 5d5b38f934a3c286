import { ok, type Result, toIso } from "#kernel";
import { capabilityStatement, resourceTypes, type TypeCapability, type TypeInteraction } from "#standards/fhir";
import type { Answer } from "../answer.ts";
import type { Asked } from "../asked.ts";
import type { FhirContext } from "../context.ts";
import { searchableParameters } from "../search/searchable.ts";
import { checkParameters } from "./requested.ts";

/** The program, as it names itself. */
export interface Software {
  readonly name: string;
  readonly version: string;
}

let resources: readonly TypeCapability[] | undefined;

/** What this server does and nothing else. Source: FHIR R4 §3.1.0.13 (capabilities). */
export function metadata(software: Software) {
  return async (asked: Asked, { clock }: FhirContext): Promise<Result<Answer>> => {
    const known = checkParameters(asked);
    if (!known.ok) return known;
    resources ??= resourceTypes.map(typeCapability);
    const statement = capabilityStatement({
      software,
      url: asked.base,
      date: toIso(clock.now()),
      description: "Corridor: the health record of one hospital.",
      formats: ["application/fhir+json", "json"],
      security: { description: "A bearer token, or the cookie of a session. What a caller may not see is not found." },
      interactions: ["transaction", "batch", "history-system"],
      resources,
    });
    return ok({ status: 200, body: JSON.stringify(statement) });
  };
}

const reading: readonly TypeInteraction[] = ["read", "vread", "history-instance", "history-type", "search-type"];

function typeCapability(type: string): TypeCapability {
  const searchParameters = [...searchableParameters(type).values()];
  const shared = {
    type,
    searchParameters,
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
