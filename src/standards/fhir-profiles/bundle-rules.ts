import { isJsonObject, type Json, type JsonObject } from "#kernel";
import { type BundleEntries, bundleEntries, type Entry } from "./bundle-entries.ts";
import { error, type Finding, reportUnder, type Visit } from "./visit.ts";

/** What R4's text says of Bundles and is no invariant. Source: FHIR R4 §2.36 (Bundle), §3.3 (documents), §3.4 (messages). */
export function checkBundle(bundle: JsonObject, visit: Visit): void {
  const entries = bundleEntries(bundle);
  entries.entries.forEach(({ fullUrl }, index) => {
    if (fullUrl !== undefined && !/^[A-Za-z][A-Za-z0-9+.-]*:/.test(fullUrl))
      reportUnder(visit, ["entry", index, "fullUrl"], error("invalid", "full-url", "fullUrl must be absolute."));
  });
  checkIds(entries.entries, visit);
  checkLinks(bundle, visit);
  if (bundle.type === "searchset") checkSearchSet(bundle, visit);
  if (bundle.type === "document") checkReferencesOf(entries, { type: "Composition", told: "document" }, visit);
  if (bundle.type === "message") checkFocus(entries, visit);
}

/** Source: FHIR R4 Bundle.entry.fullUrl: consistent with the id of the resource. */
function checkIds(entries: readonly Entry[], visit: Visit): void {
  entries.forEach(({ fullUrl, resource }, index) => {
    const { resourceType, id } = resource ?? {};
    const [, type, named] = /^https?:.*\/([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})$/.exec(fullUrl ?? "") ?? [];
    if (type === undefined || id === undefined || (type === resourceType && named === id)) return;
    const message = "fullUrl must end in the type and id of the resource.";
    reportUnder(visit, ["entry", index, "fullUrl"], error("invalid", "full-url", message));
  });
}

const singleRelations = new Set(["self", "first", "last", "next", "previous", "prev"]);

function checkLinks({ link }: JsonObject, visit: Visit): void {
  if (!Array.isArray(link)) return;
  const seen = new Set<unknown>();
  link.filter(isJsonObject).forEach(({ relation }, index) => {
    if (seen.has(relation) && singleRelations.has(String(relation))) {
      const message = `A Bundle has one link ${String(relation)} at most.`;
      reportUnder(visit, ["link", index], error("invalid", "link-given-twice", message));
    }
    seen.add(relation);
  });
}

function checkSearchSet(bundle: JsonObject, visit: Visit): void {
  const types = searchedTypes(bundle);
  const list = Array.isArray(bundle.entry) ? bundle.entry : [];
  list.forEach((entry, index) => {
    if (!isJsonObject(entry) || !isJsonObject(entry.resource)) return;
    const mode = isJsonObject(entry.search) ? entry.search.mode : undefined;
    for (const finding of searchFlaws(entry.resource, mode, types))
      reportUnder(visit, ["entry", index, "resource"], finding);
  });
}

function searchFlaws(
  { resourceType, id }: JsonObject,
  mode: Json | undefined,
  types: readonly string[],
): readonly Finding[] {
  const isOutcome = resourceType === "OperationOutcome";
  if (mode === "outcome")
    return isOutcome ? [] : [error("invalid", "search-outcome", "A search outcome must be an OperationOutcome.")];
  const flaws: Finding[] = [];
  if (id === undefined && !isOutcome)
    flaws.push(error("invalid", "search-result-id", "A search result must have an id."));
  if (mode !== "match" || types.length === 0 || types.includes(String(resourceType))) return flaws;
  const message = `A match of this search must be ${types.join(" or ")}, not ${String(resourceType)}.`;
  return [...flaws, error("invalid", "search-result-type", message)];
}

/** The types that the self link searches; empty where it does not say. */
function searchedTypes({ link }: JsonObject): readonly string[] {
  const self = Array.isArray(link) ? link.filter(isJsonObject).find(({ relation }) => relation === "self") : undefined;
  if (typeof self?.url !== "string") return [];
  const [path = "", query = ""] = self.url.split("?");
  const last = path.split("/").at(-1) ?? "";
  if (/^[A-Z][A-Za-z]+$/.test(last)) return [last];
  const types = /(?:^|&)_type=([^&]+)/.exec(query)?.[1];
  return types === undefined ? [] : types.split(/,|%2C/);
}

/** A message's focus is in the message. */
function checkFocus(entries: BundleEntries, visit: Visit): void {
  checkReferencesOf(entries, { type: "MessageHeader", told: "message" }, visit);
}

/** What the first entry points at must be in the Bundle: all of a Composition, the focus of a MessageHeader. */
function checkReferencesOf(
  entries: BundleEntries,
  { type, told }: { readonly type: string; readonly told: string },
  visit: Visit,
): void {
  const [first] = entries.entries;
  if (first?.resource?.resourceType !== type) return;
  const places: Place[] = [];
  collectReferences(first.resource, ["entry", 0, "resource"], places);
  for (const { reference, path } of places) {
    if (type === "MessageHeader" && path[3] !== "focus") continue;
    const flaw = unresolvedFlaw(entries, first, reference);
    if (flaw !== undefined) reportUnder(visit, path, error("not-found", "reference-not-in-bundle", `${flaw} ${told}.`));
  }
}

interface Place {
  readonly reference: string;
  readonly path: readonly (string | number)[];
}

function collectReferences(value: JsonObject, path: readonly (string | number)[], places: Place[]): void {
  if (typeof value.reference === "string") places.push({ reference: value.reference, path });
  for (const [key, inner] of Object.entries(value)) {
    if (key === "contained" || key === "extension" || key === "text") continue;
    if (isJsonObject(inner)) collectReferences(inner, [...path, key], places);
    else if (Array.isArray(inner)) {
      inner.forEach((item, index) => {
        if (isJsonObject(item)) collectReferences(item, [...path, key, index], places);
      });
    }
  }
}

function unresolvedFlaw(entries: BundleEntries, { fullUrl }: Entry, reference: string): string | undefined {
  if (reference.startsWith("#")) return undefined;
  const { length } = entries.matches(reference, fullUrl);
  if (length === 1) return undefined;
  return length === 0 ? "What this points at is not in the" : "This points at more than one entry of the";
}
