import { incorrect, type JsonObject, type Problem } from "#kernel";
import { changeLinks, type Link, ownReference, parseReference, type Resource } from "#standards/fhir";

/** What links in a transaction stand for. */
export interface LinkTargets {
  /** `Patient/1` by the fullUrl of its entry. */
  readonly byUrl: ReadonlyMap<string, string>;
  /** `Patient/1` by the text of a conditional reference. */
  readonly byCondition: ReadonlyMap<string, string>;
  /** This server's address, where it is known. */
  readonly own: string | undefined;
}

/**
 * The resource with its links pointing at what the other entries became. A relative reference is looked for below the
 * address that the resource itself was sent under; one below this server's address becomes relative. Source: FHIR R4 §3.1.0.11.2, §2.36.4.1 (resolving references in Bundles).
 */
export function linked(body: JsonObject, fullUrl: string | undefined, targets: LinkTargets): JsonObject {
  const { byUrl, byCondition, own } = targets;
  const base = fullUrl === undefined ? undefined : parseReference(fullUrl)?.base;
  return changeLinks(body as Resource, ({ kind, target }) => {
    const found = byUrl.get(target);
    if (found !== undefined || kind !== "reference") return found;
    const relative = base === undefined ? undefined : byUrl.get(`${base}/${target}`);
    return byCondition.get(target) ?? relative ?? (own === undefined ? undefined : ownReference(target, own));
  });
}

const conditionalPattern = /^([A-Z][A-Za-z]+)\?(.*)$/;

/** The type and search of `Patient?identifier=1`, also below this server's address; undefined for another reference. */
export function conditionalReference(
  { target }: Link,
  base: string | undefined,
): { readonly type: string; readonly search: string } | undefined {
  const relative = base !== undefined && target.startsWith(`${base}/`) ? target.slice(base.length + 1) : target;
  const [, type, search] = conditionalPattern.exec(relative) ?? [];
  return type === undefined || search === undefined ? undefined : { type, search };
}

const placeholder = /^urn:(?:uuid|oid):/;

/** A reference to an entry that the Bundle does not have would point nowhere for ever. */
export function danglingProblem({ target, where }: Link, fullUrls: ReadonlySet<string>): Problem | undefined {
  if (!placeholder.test(target) || fullUrls.has(target)) return undefined;
  return incorrect("reference-not-found", "No entry of the Bundle that is written has this fullUrl.", { where });
}
