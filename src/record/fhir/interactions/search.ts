import { ok, type Problem, type Result } from "#kernel";
import { operationOutcome } from "#standards/fhir";
import type { Page, Query } from "../../documents/query.ts";
import type { Answer } from "../answer.ts";
import type { Asked } from "../asked.ts";
import { type BundleLink, bundleText, objectText } from "../bundle-text.ts";
import type { FhirContext } from "../context.ts";
import { cursorText } from "../search/cursor.ts";
import { readSearch, type SearchRequest } from "../search/search-request.ts";
import { subsetText } from "../subset.ts";
import { requestedType } from "./requested.ts";

/** Source: FHIR R4 §3.1.1 (search). */
export async function searchType(asked: Asked, context: FhirContext): Promise<Result<Answer>> {
  return searchBy(asked, context, asked.query);
}

/** `POST /fhir/Patient/_search`: the parameters of the form, after those of the address. Source: FHIR R4 §3.1.1.1. */
export async function searchForm(asked: Asked, context: FhirContext): Promise<Result<Answer>> {
  const form = asked.form();
  if (!form.ok) return form;
  return searchBy(asked, context, new URLSearchParams([...asked.query, ...form.value]));
}

async function searchBy(asked: Asked, context: FhirContext, given: URLSearchParams): Promise<Result<Answer>> {
  const type = requestedType(asked);
  if (!type.ok) return type;
  const { base, prefer } = asked;
  const parameters = new URLSearchParams(given);
  const now = context.clock.now();
  const search = readSearch({ type: type.value, parameters, base, now, isLenient: prefer.isLenient });
  if (!search.ok) return search;
  const found = await run(search.value, context);
  return found.ok ? ok({ status: 200, body: searchset(search.value, found.value, base) }) : found;
}

interface Found extends Page {
  /** Of all pages, where it is asked for or known anyway. */
  readonly total: number | undefined;
}

async function run({ query, settings }: SearchRequest, { record }: FhirContext): Promise<Result<Found>> {
  const isCountOnly = settings.summary === "count" || settings.count === 0;
  const isCounted = isCountOnly || settings.total === "accurate" || settings.total === "estimate";
  const [page, total] = await Promise.all([
    isCountOnly ? ok<Page>({ versions: [] }) : record.search(query),
    isCounted ? record.count(query) : ok(undefined),
  ]);
  if (!page.ok) return page;
  if (!total.ok) return total;
  return ok({ ...page.value, total: total.value ?? wholeLength(query, page.value) });
}

/** How many there are, where the first page is the only one. */
function wholeLength(query: Query, page: Page): number | undefined {
  return query.after === undefined && page.next === undefined ? page.versions.length : undefined;
}

/** The stored texts, put together. Source: FHIR R4 §3.1.1.3 (searchset). */
function searchset({ settings, used, ignored }: SearchRequest, { versions, next, total }: Found, base: string): string {
  const entries = versions.map((version) =>
    objectText({
      fullUrl: JSON.stringify(`${base}/${version.kind}/${version.id}`),
      resource: subsetText(version, settings),
      search: '{"mode":"match"}',
    }),
  );
  if (ignored.length > 0) entries.push(ignoredEntry(ignored));
  const links: BundleLink[] = [{ relation: "self", url: addressOf(settings.type, used, base) }];
  if (next !== undefined) {
    const further = new URLSearchParams(used);
    further.set("_cursor", cursorText(next, used));
    links.push({ relation: "next", url: addressOf(settings.type, further, base) });
  }
  return bundleText({ type: "searchset", total, links, entries });
}

function addressOf(type: string, parameters: URLSearchParams, base: string): string {
  return `${base}/${type}${parameters.size === 0 ? "" : `?${parameters}`}`;
}

function ignoredEntry(ignored: readonly Problem[]): string {
  const outcome = operationOutcome(ignored);
  const issue = outcome.issue.map((each) => ({
    ...each,
    severity: "warning",
    diagnostics: `${each.diagnostics} It was left out.`,
  }));
  return objectText({ resource: JSON.stringify({ ...outcome, issue }), search: '{"mode":"outcome"}' });
}
