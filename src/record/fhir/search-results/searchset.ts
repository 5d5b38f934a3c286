import type { Problem } from "#kernel";
import { operationOutcome, type SearchQuery } from "#standards/fhir";
import { type BundleLink, bundleText, objectText } from "../bundle-text.ts";
import { cursorText } from "../search/cursor.ts";
import { type Subset, subsetText } from "../subset.ts";
import { type Found, type FoundVersion, placeOf } from "./found-version.ts";

/** Where a page of results is to be had. */
export interface PageAddress {
  /** The address of this server. */
  readonly base: string;
  /** Below it: `Patient`, `Patient/1/Observation`; empty for all types. */
  readonly path: string;
  /** What was acted on: the parameters of the `self` link. */
  readonly used: URLSearchParams;
  /** Those by which a place in the results is known for one of this search. */
  readonly marked: URLSearchParams;
}

export interface SearchsetParts {
  readonly found: Found;
  readonly settings: Pick<SearchQuery, "elements" | "summary">;
  readonly address: PageAddress;
}

/** The stored texts, put together. Source: FHIR R4 §3.1.1.3 (searchset), §3.1.1.5.8 (_summary), §3.1.1.5.9 (_elements). */
export function searchset({ found, settings, address }: SearchsetParts): string {
  const { matches, included, total, problems } = found;
  const { summary } = settings;
  const entries = matches.versions.map((version) => resourceEntry(version, { ...address, mode: "match", settings }));
  // `_elements` is about what was searched for; a summary is about all.
  const besides = { ...address, mode: "include", settings: { elements: [], summary } } as const;
  entries.push(...included.map((version) => resourceEntry(version, besides)));
  if (problems.length > 0) entries.push(outcomeEntry(problems));
  return bundleText({ type: "searchset", total, links: linksOf(found, address), entries });
}

interface EntryParts {
  readonly base: string;
  readonly mode: "match" | "include";
  readonly settings: Subset;
}

function resourceEntry(version: FoundVersion, { base, mode, settings }: EntryParts): string {
  return objectText({
    fullUrl: JSON.stringify(`${base}/${placeOf(version)}`),
    resource: subsetText(version, settings),
    search: `{"mode":"${mode}"}`,
  });
}

/** What was left out, as a warning. Source: FHIR R4 §3.1.1.3.2, Bundle.entry.search.mode (outcome). */
function outcomeEntry(problems: readonly Problem[]): string {
  const outcome = operationOutcome(problems);
  const issue = outcome.issue.map((each) => ({
    ...each,
    severity: "warning",
    diagnostics: `${each.diagnostics} It was left out.`,
  }));
  return objectText({ resource: JSON.stringify({ ...outcome, issue }), search: '{"mode":"outcome"}' });
}

function linksOf({ matches }: Found, address: PageAddress): readonly BundleLink[] {
  const { used } = address;
  const links: BundleLink[] = [{ relation: "self", url: addressOf(address, used) }];
  const first = new URLSearchParams(used);
  first.delete("_cursor");
  const isPaged = used.has("_cursor") || matches.next !== undefined;
  if (isPaged) links.push({ relation: "first", url: addressOf(address, first) });
  for (const relation of ["previous", "next"] as const) {
    const cursor = matches[relation];
    if (cursor === undefined) continue;
    const further = new URLSearchParams(used);
    further.set("_cursor", cursorText(cursor, address.marked));
    links.push({ relation, url: addressOf(address, further) });
  }
  return links;
}

function addressOf({ base, path }: PageAddress, parameters: URLSearchParams): string {
  return `${base}${path === "" ? "" : `/${path}`}${parameters.size === 0 ? "" : `?${parameters}`}`;
}
