import { isJsonObject, type JsonObject } from "#kernel";
import { isResourceType, shapeOf } from "#standards/fhir";
import { entryOf } from "./bundle-entries.ts";
import type { Usage, Visit } from "./visit.ts";

/**
 * The visit of a resource inside another (contained, of a Bundle's entry, of a parameter) or that a reference points at. Path
 * and issues are shared.
 */
export function innerVisit(resource: JsonObject, visit: Visit): Visit {
  const { contained } = visit.rootResource;
  const isContained = Array.isArray(contained) && contained.includes(resource);
  const isBundle = visit.resource.resourceType === "Bundle";
  const entry = isBundle ? entryOf(visit.resource, resource) : visit.entry?.around(resource);
  return {
    ...visit,
    resource,
    rootResource: isContained ? visit.rootResource : resource,
    entry: isContained ? visit.entry : entry,
    usage: resourceUsage(resource),
    environment: undefined,
  };
}

/** As `innerVisit` for a resource that is not the visit's own; otherwise the visit. */
export function visitOf(object: JsonObject, visit: Visit): Visit {
  const isOther = typeof object.resourceType === "string" && object !== visit.resource;
  return isOther ? innerVisit(object, visit) : visit;
}

const usages = new Map<string, Usage>();

export function resourceUsage({ resourceType }: JsonObject): Usage {
  const type = typeof resourceType === "string" && isResourceType(resourceType) ? resourceType : "Resource";
  let usage = usages.get(type);
  if (usage === undefined) {
    usage = { paths: [type], types: typesOf(type) };
    usages.set(type, usage);
  }
  return usage;
}

/** The name and those of the types it is derived from: `["HumanName", "Element"]`. */
export function typesOf(typeName: string): readonly string[] {
  const base = shapeOf(typeName)?.base;
  return base === undefined ? [typeName] : [typeName, ...typesOf(base)];
}

/** The canonicals of `meta.profile`. */
export function statedProfiles({ meta }: JsonObject): readonly string[] {
  if (!isJsonObject(meta) || !Array.isArray(meta.profile)) return [];
  return meta.profile.filter((each): each is string => typeof each === "string");
}
