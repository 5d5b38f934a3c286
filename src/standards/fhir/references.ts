import type { Resource } from "./generated/types.ts";
import { changeLinks, type Link } from "./links.ts";

/** Every Reference of a resource that has a `reference`, those of contained resources and Bundle entries included. */
export function referencesOf(resource: Resource): readonly Link[] {
  const found: Link[] = [];
  changeLinks(resource, (link) => {
    if (link.kind === "reference") found.push(link);
    return undefined;
  });
  return found;
}

/**
 * The resource with every link whose whole text is a key of `targets` pointing at the value: what a transaction does to
 * `urn:uuid:…` and to conditional references. Returns the resource itself where none is.
 * Source: FHIR R4 §3.1.0.11.2 (transaction: references are updated in Reference, uri, url, oid, uuid and narrative).
 */
export function rewriteReferences<T extends Resource>(resource: T, targets: ReadonlyMap<string, string>): T {
  return targets.size === 0 ? resource : changeLinks(resource, (link) => targets.get(link.target));
}
