import { ok, type Result } from "#kernel";
import type { Page } from "../../documents/query.ts";
import type { HealthRecord } from "../../health-record.ts";
import { findContained, isOfContained } from "./found-contained.ts";
import type { Found } from "./found-version.ts";
import { includedWith } from "./included.ts";
import { mergedCount, mergedPage } from "./merged-search.ts";
import type { ScopedRequest } from "./scoped-request.ts";

/** Runs a search. Problems: those of the record. Source: FHIR R4 §3.1.1.5 (_total, _count=0, _summary=count). */
export async function find(request: ScopedRequest, record: HealthRecord, base: string): Promise<Result<Found>> {
  const { scope, queries, settings } = request;
  if (isOfContained(settings)) return findContained(request, record, base);
  const search = { queries, isOpen: scope.isOpen, isUnnamed: scope.isOpen };
  const isCountOnly = settings.summary === "count" || settings.count === 0;
  const isCounted = isCountOnly || settings.total === "accurate" || settings.total === "estimate";
  const [page, counted] = await Promise.all([
    isCountOnly ? ok<Page>({ versions: [] }) : mergedPage(record, search),
    isCounted ? mergedCount(record, search) : ok(undefined),
  ]);
  if (!page.ok) return page;
  if (!counted.ok) return counted;
  const { include, revinclude } = settings;
  const included = await includedWith(page.value.versions, { record, base, include, revinclude });
  if (!included.ok) return included;
  const { versions, problems } = included.value;
  const total = counted.value ?? (settings.total === "none" ? undefined : wholeLength(request, page.value));
  return ok({ matches: page.value, included: versions, total, problems: [...request.ignored, ...problems] });
}

/** How many there are, where the first page is the only one. */
function wholeLength({ queries: [query] }: ScopedRequest, page: Page): number | undefined {
  return query?.after === undefined && page.next === undefined ? page.versions.length : undefined;
}
