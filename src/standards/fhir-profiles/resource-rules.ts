import type { JsonObject } from "#kernel";
import { checkBundle } from "./bundle-rules.ts";
import { checkCapabilityStatement, checkSearchParameter, checkStructureDefinition } from "./search-rules.ts";
import { checkCodeSystem, checkValueSet } from "./terminology-resource-rules.ts";
import type { Visit } from "./visit.ts";

/** What R4 says of single resource types in its text, and not as invariants. */
export const resourceRules: ReadonlyMap<string, (resource: JsonObject, visit: Visit) => void> = new Map([
  ["Bundle", checkBundle],
  ["CodeSystem", checkCodeSystem],
  ["ValueSet", checkValueSet],
  ["SearchParameter", checkSearchParameter],
  ["CapabilityStatement", checkCapabilityStatement],
  ["StructureDefinition", checkStructureDefinition],
]);
