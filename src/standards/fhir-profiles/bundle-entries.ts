import { isJsonObject, type JsonObject } from "#kernel";
import type { BundleEntry } from "./visit.ts";

/** One entry of a Bundle, as far as references need it. */
export interface Entry {
  readonly fullUrl: string | undefined;
  readonly resource: JsonObject | undefined;
}

/** The entries of a Bundle with what finds one by a reference. */
export interface BundleEntries {
  readonly entries: readonly Entry[];
  readonly byResource: ReadonlyMap<JsonObject, Entry>;
  /** Every resource that a reference of an entry with that fullUrl may mean. */
  matches(reference: string, fullUrl: string | undefined): readonly JsonObject[];
}

const known = new WeakMap<JsonObject, BundleEntries>();

/** Of that Bundle; put together once. */
export function bundleEntries(bundle: JsonObject): BundleEntries {
  let found = known.get(bundle);
  if (found === undefined) {
    found = readEntries(bundle);
    known.set(bundle, found);
  }
  return found;
}

/** How that resource of the Bundle finds others; undefined where it is none of its own. */
export function entryOf(bundle: JsonObject, resource: JsonObject): BundleEntry | undefined {
  const { matches, byResource } = bundleEntries(bundle);
  const entry = byResource.get(resource);
  if (entry === undefined) return undefined;
  return {
    find: (reference) => matches(reference, entry.fullUrl)[0],
    around: (other) => entryOf(bundle, other),
  };
}

function readEntries(bundle: JsonObject): BundleEntries {
  const list = Array.isArray(bundle.entry) ? bundle.entry : [];
  const entries = list.map((entry): Entry => {
    if (!isJsonObject(entry)) return { fullUrl: undefined, resource: undefined };
    const { fullUrl, resource } = entry;
    return {
      fullUrl: typeof fullUrl === "string" ? fullUrl : undefined,
      resource: isJsonObject(resource) ? resource : undefined,
    };
  });
  const byUrl = Map.groupBy(entries, ({ fullUrl }) => fullUrl);
  const byResource = new Map(
    entries.flatMap((entry) => (entry.resource === undefined ? [] : [[entry.resource, entry] as const])),
  );
  return { entries, byResource, matches: (reference, fullUrl) => matchesIn(byUrl, reference, fullUrl) };
}

const restful = /^(.*\/)[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/;

/** Source: FHIR R4 §3.2.3.1 (resolving references in bundles). */
function matchesIn(
  byUrl: ReadonlyMap<string | undefined, readonly Entry[]>,
  reference: string,
  fullUrl: string | undefined,
): readonly JsonObject[] {
  const [plain = "", version] = (reference.split("#")[0] ?? "").split("/_history/");
  const isAbsolute = /^[A-Za-z][A-Za-z0-9+.-]*:/.test(plain);
  const base = fullUrl === undefined ? undefined : restful.exec(fullUrl)?.[1];
  const url = isAbsolute ? plain : base === undefined ? undefined : base + plain;
  if (url === undefined) return [];
  const resources = (byUrl.get(url) ?? []).map(({ resource }) => resource).filter((resource) => resource !== undefined);
  return version === undefined ? resources : resources.filter((resource) => versionOf(resource) === version);
}

function versionOf({ meta }: JsonObject): unknown {
  return isJsonObject(meta) ? meta.versionId : undefined;
}
