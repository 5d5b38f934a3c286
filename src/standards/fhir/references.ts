import type { Resource } from "./generated/types.ts";
import { changeLinks, type Link } from "./links.ts";
import { parseReference } from "./reference.ts";

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

/**
 * The resource with each absolute Reference below this server's address (`https://example.org/fhir/Patient/1`) written as a
 * relative one, which says the same: so that whom a document is about is known in one way. Returns the resource itself
 * where there is none. Source: FHIR R4 §2.3.0.1 (a server may convert an absolute URL that is its own).
 */
export function withOwnReferences<T extends Resource>(resource: T, base: string): T {
  return changeLinks(resource, ({ kind, target }) => (kind === "reference" ? ownReference(target, base) : undefined));
}

/** `Patient/1` of `https://example.org/fhir/Patient/1`; undefined of a reference that is not below this address. */
export function ownReference(target: string, base: string): string | undefined {
  if (!target.startsWith(`${base}/`) || parseReference(target)?.base !== base) return undefined;
  return target.slice(base.length + 1);
}
