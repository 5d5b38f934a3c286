import { failed, incorrect, limits, notFound, ok, type Result, toIso, unsupported } from "#kernel";
import { isResourceType, operationOutcome, parseDateTime } from "#standards/fhir";
import type { Version } from "../../documents/document.ts";
import { goneProblem } from "../../documents/gone.ts";
import type { Cursor, HistoryQuery, Page } from "../../documents/query.ts";
import type { HealthRecord } from "../../health-record.ts";
import type { Answer } from "../answer.ts";
import type { Asked } from "../asked.ts";
import { type BundleLink, bundleText, objectText } from "../bundle-text.ts";
import type { FhirContext } from "../context.ts";
import { etagOf } from "../precondition.ts";
import { cursorText, readCursor } from "../search/cursor.ts";
import { type Subset, subsetText } from "../subset.ts";
import { checkParameters, countOf, givenOnce, requestedSubset, requestedType } from "./requested.ts";

/** Of one resource. Problems: not-found for one that never was. Source: FHIR R4 §3.1.0.12 (history). */
export async function instanceHistory(asked: Asked, { record }: FhirContext): Promise<Result<Answer>> {
  const type = requestedType(asked);
  if (!type.ok) return type;
  const { id = "" } = asked.params;
  const query = historyQuery(asked, { kind: type.value, id });
  if (!query.ok) return query;
  const page = await record.history(query.value);
  if (!page.ok) return page;
  const { before, after, sinceMs, at } = query.value;
  const isFirst = [before, after, sinceMs, at].every((bound) => bound === undefined);
  if (page.value.versions.length === 0 && isFirst) {
    return failed(notFound("not-found", `There is no ${type.value}/${id}.`));
  }
  return historyAnswer(asked, `${type.value}/${id}/_history`, page.value);
}

export async function typeHistory(asked: Asked, { record }: FhirContext): Promise<Result<Answer>> {
  const type = requestedType(asked);
  if (!type.ok) return type;
  return historyPage(asked, `${type.value}/_history`, { record, scope: { kind: type.value } });
}

/** Of everything that is FHIR; the audit log has a history of its own, under its type. */
export async function systemHistory(asked: Asked, { record }: FhirContext): Promise<Result<Answer>> {
  return historyPage(asked, "_history", { record, scope: {} });
}

type Scope = Pick<HistoryQuery, "kind" | "id">;

interface Source {
  readonly record: HealthRecord;
  readonly scope: Scope;
}

async function historyPage(asked: Asked, path: string, { record, scope }: Source): Promise<Result<Answer>> {
  const query = historyQuery(asked, scope);
  if (!query.ok) return query;
  const page = await record.history(query.value);
  return page.ok ? historyAnswer(asked, path, page.value) : page;
}

function historyQuery(asked: Asked, scope: Scope): Result<HistoryQuery> {
  const known = checkParameters(asked, ["_count", "_since", "_at", "_sort", "_cursor", "_elements", "_summary"]);
  if (!known.ok) return known;
  const limit = countOf(asked, limits.pageSizeMax);
  const since = sinceOf(asked);
  const at = atOf(asked);
  const isOldestFirst = orderOf(asked);
  const from = cursorOf(asked);
  for (const read of [limit, since, at, isOldestFirst, from]) if (!read.ok) return read;
  const query: HistoryQuery = {
    ...scope,
    limit: given(limit) ?? limits.pageSizeDefault,
    ...(given(since) === undefined ? {} : { sinceMs: given(since) as number }),
    ...(given(at) === undefined ? {} : { at: given(at) as Span }),
    ...placeOf(given(from), given(isOldestFirst) === true),
  };
  const isBeyondLog = scope.kind === "AuditEvent" && (query.at !== undefined || query.isOldestFirst === true);
  return isBeyondLog ? failed(newestOnly) : ok(query);
}

const newestOnly = unsupported("unsupported-search", "The audit log is told newest first, and without _at.", {
  where: "AuditEvent",
});

function given<T>(result: Result<T>): T | undefined {
  return result.ok ? result.value : undefined;
}

function placeOf(from: Cursor | undefined, isOldestFirst: boolean): Partial<HistoryQuery> {
  if (isOldestFirst) return { isOldestFirst, ...(from === undefined ? {} : { after: from.position }) };
  return from === undefined ? {} : { before: from.position };
}

function cursorOf(asked: Asked): Result<Cursor | undefined> {
  const text = givenOnce(asked, "_cursor");
  if (!text.ok || text.value === undefined) return text as Result<undefined>;
  return readCursor(text.value, asked.query);
}

/** Source: FHIR R4 §3.1.0.12 (_sort); newest first by itself. */
function orderOf(asked: Asked): Result<boolean> {
  const text = givenOnce(asked, "_sort");
  if (!text.ok) return text;
  if (text.value === undefined || text.value === "-_lastUpdated") return ok(false);
  if (text.value === "_lastUpdated") return ok(true);
  const message = "A history is sorted by _lastUpdated or by -_lastUpdated.";
  return failed(incorrect("wrong-search-value", message, { where: "_sort" }));
}

/** A `+` of an offset that was not escaped has become a space. */
function sinceOf(asked: Asked): Result<number | undefined> {
  const text = givenOnce(asked, "_since");
  if (!text.ok || text.value === undefined) return text as Result<undefined>;
  const moment = parseDateTime(text.value.replace(" ", "+"));
  if (moment?.zoned === true) return ok(moment.fromMs);
  const message = "_since must be an instant: a date with time and offset.";
  return failed(incorrect("wrong-search-value", message, { where: "_since" }));
}

type Span = NonNullable<HistoryQuery["at"]>;

/** The span that a date means by its precision: a day, a year. */
function atOf(asked: Asked): Result<Span | undefined> {
  const text = givenOnce(asked, "_at");
  if (!text.ok || text.value === undefined) return text as Result<undefined>;
  const span = parseDateTime(text.value.replace(" ", "+"));
  if (span !== undefined) return ok({ fromMs: span.fromMs, toMs: span.toMs });
  const message = "_at must be a date, written YYYY, YYYY-MM, YYYY-MM-DD or with time and offset.";
  return failed(incorrect("wrong-search-value", message, { where: "_at" }));
}

/** Problems: those of `requestedSubset`. */
function historyAnswer(asked: Asked, path: string, { versions, next }: Page): Result<Answer> {
  const subset = requestedSubset(asked, asked.params.type ?? "Bundle");
  if (!subset.ok) return subset;
  const links: BundleLink[] = [{ relation: "self", url: addressOf(asked, path, asked.query) }];
  if (next !== undefined) {
    const query = new URLSearchParams(asked.query);
    query.set("_cursor", cursorText(next, asked.query));
    links.push({ relation: "next", url: addressOf(asked, path, query) });
  }
  const entries = versions
    .filter(({ kind }) => isResourceType(kind))
    .map((version) => historyEntry(version, asked.base, subset.value));
  return ok({ status: 200, body: bundleText({ type: "history", links, entries }) });
}

function addressOf({ base }: Asked, path: string, query: URLSearchParams): string {
  return `${base}/${path}${query.size === 0 ? "" : `?${query}`}`;
}

/** Whether a first version came by POST or PUT is not kept; it is told as POST. */
const statusOfAction = { create: "201 Created", update: "200 OK", delete: "204 No Content" } as const;

function historyEntry(version: Version, base: string, subset: Subset | undefined): string {
  const { kind, id, action, at } = version;
  const body = () => (subset === undefined ? version.body : subsetText(version, subset));
  const isFirst = action === "create" && version.version === 1;
  const method = isFirst ? "POST" : action === "delete" ? "DELETE" : "PUT";
  return objectText({
    fullUrl: JSON.stringify(`${base}/${kind}/${id}`),
    resource: action === "delete" ? undefined : body(),
    request: JSON.stringify({ method, url: isFirst ? kind : `${kind}/${id}` }),
    response: JSON.stringify({
      status: statusOfAction[action],
      etag: etagOf(version),
      lastModified: toIso(at),
      ...(version.isErased === true ? { outcome: operationOutcome([goneProblem(version, `${kind}/${id}`)]) } : {}),
    }),
  });
}
