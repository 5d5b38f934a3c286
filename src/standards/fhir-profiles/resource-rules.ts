import { isJsonObject, type JsonObject } from "#kernel";
import { checkBundle } from "./bundle-rules.ts";
import { checkCapabilityStatement, checkSearchParameter, checkStructureDefinition } from "./search-rules.ts";
import { checkCodeSystem, checkValueSet } from "./terminology-resource-rules.ts";
import { error, reportUnder, type Visit } from "./visit.ts";

/** What R4 says of single resource types in its text, and not as invariants. */
export const resourceRules: ReadonlyMap<string, (resource: JsonObject, visit: Visit) => void> = new Map([
  ["Bundle", checkBundle],
  ["CodeSystem", checkCodeSystem],
  ["ValueSet", checkValueSet],
  ["SearchParameter", checkSearchParameter],
  ["CapabilityStatement", checkCapabilityStatement],
  ["StructureDefinition", checkStructureDefinition],
]);

/** Source: FHIR R4 §2.3.7 (contained resources: an id of its own within the container). */
export function checkContainedIds({ contained }: JsonObject, visit: Visit): void {
  if (!Array.isArray(contained)) return;
  const seen = new Set<unknown>();
  contained.forEach((each, index) => {
    if (!isJsonObject(each) || each.id === undefined) return;
    const message = "Another contained resource has this id already.";
    if (seen.has(each.id))
      reportUnder(visit, ["contained", index, "id"], error("invalid", "contained-id-twice", message));
    seen.add(each.id);
  });
}
