import { isJsonObject, type JsonObject } from "#kernel";
import { isResourceType, shapeOf } from "#standards/fhir";
import { entryAt } from "./bundle-entries.ts";
import type { Usage, Visit } from "./visit.ts";

/** The visit of a resource inside another: contained, of a Bundle's entry, of a parameter. Path and issues are shared. */
export function innerVisit(resource: JsonObject, visit: Visit): Visit {
  const isContained = visit.path.at(-2) === "contained" && typeof visit.path.at(-1) === "number";
  const [entries, index, key] = visit.path.slice(-3);
  const isEntry = entries === "entry" && key === "resource" && typeof index === "number";
  return {
    ...visit,
    resource,
    rootResource: isContained ? visit.rootResource : resource,
    entry: isEntry ? entryAt(visit.resource, index) : isContained ? visit.entry : undefined,
    usage: resourceUsage(resource),
    environment: undefined,
  };
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
