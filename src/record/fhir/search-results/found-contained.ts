import { failed, limits, ok, type Result, unsupported } from "#kernel";
import { resourceTypes, type SearchQuery } from "#standards/fhir";
import type { Position, Version } from "../../documents/document.ts";
import type { Cursor, Page, Query } from "../../documents/query.ts";
import type { HealthRecord } from "../../health-record.ts";
import { checkWithin, containerClauses } from "../contained/contained-clause.ts";
import { containsKey } from "../contained/contained-keys.ts";
import { containedMatches } from "../contained/contained-matches.ts";
import { type Found, type FoundVersion, placeOf } from "./found-version.ts";
import { includedWith } from "./included.ts";
import { mergedPage } from "./merged-search.ts";
import type { ScopedRequest } from "./scoped-request.ts";

export function isOfContained({ contained }: Pick<SearchQuery, "contained">): boolean {
  return contained === "true" || contained === "both";
}

/** One document that is found, by itself or for what it contains, and what is told of it. */
interface Hit {
  readonly position: Position;
  readonly versions: readonly FoundVersion[];
}

interface ContainedSearch {
  readonly record: HealthRecord;
  readonly query: Query;
  readonly settings: SearchQuery;
}

/**
 * A search through what resources contain: `_contained=true`, or `both`. A page is of so many documents, however many of
 * their contained resources are told. Problems: those of the record; unsupported for what has no meaning together, and
 * `too-costly` where more than `limits.searchContainersMax` documents had to be looked at.
 * Source: FHIR R4 §3.1.1.5 (_contained, _containedType).
 */
export async function findContained(
  request: ScopedRequest,
  record: HealthRecord,
  base: string,
): Promise<Result<Found>> {
  const { settings } = request;
  const [query] = request.queries;
  const possible = query === undefined ? failed(ofOneType) : checkRequest(request, query);
  if (!possible.ok || query === undefined) return possible.ok ? failed(ofOneType) : possible;
  const isCountOnly = settings.summary === "count" || settings.count === 0;
  const isCounted = isCountOnly || settings.total === "accurate" || settings.total === "estimate";
  const search: ContainedSearch = { record, query, settings };
  const all = isCounted ? await hits(search, { from: undefined, most: Number.POSITIVE_INFINITY }) : ok([]);
  if (!all.ok) return all;
  const read = isCountOnly ? ok([]) : await hits(search, { from: query.after, most: query.limit + 1 });
  if (!read.ok) return read;
  const page = read.value.slice(0, query.limit);
  const versions = page.flatMap((hit) => hit.versions);
  const included = await includedWith(versions, { record, base, ...settings });
  if (!included.ok) return included;
  const last = page.at(-1);
  const isMore = read.value.length > page.length && last !== undefined;
  const isWhole = query.after === undefined && !isMore && settings.total !== "none";
  const toldOf = (list: readonly Hit[]) => list.reduce((sum, hit) => sum + hit.versions.length, 0);
  return ok({
    matches: { versions, ...(isMore ? { next: { position: last.position } } : {}) },
    included: included.value.versions,
    total: isCounted ? toldOf(all.value) : isWhole ? toldOf(page) : undefined,
    problems: [...request.ignored, ...included.value.problems],
  });
}

const refusal = (message: string) => unsupported("unsupported-search", message, { where: "_contained" });
const tooCostly = unsupported(
  "too-costly",
  `More than ${limits.searchContainersMax} documents would have to be looked at for what they contain.`,
);
const ofOneType = refusal("Contained resources are searched for by one type, without a compartment.");
const byChange = refusal(
  "Where contained resources are found, all are in the order of the last change, page after page.",
);
const noIncludes = refusal(
  "Includes go with the containers: R4 has no place for what a contained resource alone refers to.",
);

/** What has no meaning, or no order, together with contained resources. */
function checkRequest({ scope, settings }: ScopedRequest, { all, sort, after }: Query): Result<undefined> {
  const [only] = scope.types;
  if (scope.types.length !== 1 || only?.within !== undefined || only?.type === "AuditEvent") return failed(ofOneType);
  if (sort.by !== "updated" || sort.thenBy !== undefined || after?.isBackward === true) return failed(byChange);
  const isIncluding = settings.include.length + settings.revinclude.length > 0;
  if (isIncluding && settings.containedType === "contained") return failed(noIncludes);
  return checkWithin(all);
}

interface Walk {
  readonly from: Cursor | undefined;
  /** So many documents and no more. */
  readonly most: number;
}

/** The first documents that are found. */
async function hits(search: ContainedSearch, walk: Walk): Promise<Result<readonly Hit[]>> {
  const within = await containerHits(search, walk);
  if (!within.ok || search.settings.contained === "true") return within;
  const plain = await plainHits(search, walk);
  if (!plain.ok) return plain;
  const merged = new Map<Position, Hit>();
  for (const hit of [...plain.value, ...within.value]) {
    const told = new Map((merged.get(hit.position)?.versions ?? []).map((version) => [placeOf(version), version]));
    for (const version of hit.versions) told.set(placeOf(version), version);
    merged.set(hit.position, { position: hit.position, versions: [...told.values()] });
  }
  const sign = search.query.sort.descending ? -1 : 1;
  return ok([...merged.values()].sort((one, other) => sign * (one.position - other.position)).slice(0, walk.most));
}

function plainHits({ record, query }: ContainedSearch, walk: Walk): Promise<Result<readonly Hit[]>> {
  const read = (page: PageAsked) => record.search({ ...query, ...page });
  return walked(walk, read, (version) => [version]);
}

/** Whatever may contain a resource of the type is looked through; what the actor may not search is passed over. */
function containerHits({ record, query, settings }: ContainedSearch, walk: Walk): Promise<Result<readonly Hit[]>> {
  const { kind, all, sort } = query;
  const within = containerClauses(kind, all);
  const kinds = resourceTypes.filter((type) => type !== "AuditEvent");
  const read = (page: PageAsked) => {
    const queries = kinds.map((container): Query => ({ kind: container, all: within, sort, ...page }));
    return mergedPage(record, { queries, isOpen: true, isUnnamed: true, key: containsKey(kind) });
  };
  return walked(walk, read, (container) => {
    const found = containedMatches(container, kind, all);
    if (found.length === 0 || settings.containedType === "contained") return found;
    return [container];
  });
}

type PageAsked = Pick<Query, "limit" | "after">;

async function walked(
  { from, most }: Walk,
  read: (page: PageAsked) => Promise<Result<Page>>,
  toldOf: (version: Version) => readonly FoundVersion[],
): Promise<Result<readonly Hit[]>> {
  const found: Hit[] = [];
  const limit = Math.min(most, limits.pageSizeMax);
  let [after, seen] = [from, 0];
  for (;;) {
    const page = await read({ limit, ...(after === undefined ? {} : { after }) });
    if (!page.ok) return page;
    for (const version of page.value.versions) {
      const versions = toldOf(version);
      if (versions.length > 0) found.push({ position: version.position, versions });
      if (found.length >= most) return ok(found);
    }
    after = page.value.next;
    seen += page.value.versions.length;
    if (after === undefined) return ok(found);
    if (seen >= limits.searchContainersMax) return failed(tooCostly);
  }
}
