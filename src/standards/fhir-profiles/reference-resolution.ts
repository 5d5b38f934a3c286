import { isJsonObject, type JsonObject } from "#kernel";
import type { Visit } from "./visit.ts";

/**
 * What a reference points at: a contained resource for `#…`, an entry of the Bundle around it, or what the caller finds.
 * Source: FHIR R4 §2.3.0 (references), §3.2.3 (resolving references in bundles).
 */
export function resolveReference(reference: string, visit: Visit): JsonObject | undefined {
  if (reference === "#") return visit.rootResource;
  if (reference.startsWith("#")) return containedOf(visit.rootResource, reference.slice(1));
  return visit.entry?.find(reference) ?? visit.means.resolve?.(reference);
}

export function containedOf(resource: JsonObject, id: string): JsonObject | undefined {
  const { contained } = resource;
  if (!Array.isArray(contained)) return undefined;
  return contained.filter(isJsonObject).find((each) => each.id === id);
}
