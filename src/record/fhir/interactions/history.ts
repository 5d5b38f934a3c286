import { failed, incorrect, limits, notFound, ok, type Result, toIso } from "#kernel";
import { isResourceType, parseDateTime } from "#standards/fhir";
import type { Version } from "../../documents/document.ts";
import type { HistoryQuery, Page } from "../../documents/query.ts";
import type { HealthRecord } from "../../health-record.ts";
import type { Answer } from "../answer.ts";
import type { Asked } from "../asked.ts";
import { type BundleLink, bundleText, objectText } from "../bundle-text.ts";
import type { FhirContext } from "../context.ts";
import { etagOf } from "../precondition.ts";
import { cursorText, readCursor } from "../search/cursor.ts";
import { checkParameters, givenOnce, requestedType } from "./requested.ts";

/** Of one resource. Problems: not-found for one that never was. Source: FHIR R4 §3.1.0.12 (history). */
export async function instanceHistory(asked: Asked, { record }: FhirContext): Promise<Result<Answer>> {
  const type = requestedType(asked);
  if (!type.ok) return type;
  const { id = "" } = asked.params;
  const query = historyQuery(asked, { kind: type.value, id });
  if (!query.ok) return query;
  const page = await record.history(query.value);
  if (!page.ok) return page;
  const isFirst = query.value.before === undefined && query.value.sinceMs === undefined;
  if (page.value.versions.length === 0 && isFirst) {
    return failed(notFound("not-found", `There is no ${type.value}/${id}.`));
  }
  return ok(historyAnswer(asked, `${type.value}/${id}/_history`, page.value));
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
  return page.ok ? ok(historyAnswer(asked, path, page.value)) : page;
}

function historyQuery(asked: Asked, scope: Scope): Result<HistoryQuery> {
  const known = checkParameters(asked, ["_count", "_since", "_cursor"]);
  if (!known.ok) return known;
  const limit = countOf(asked);
  if (!limit.ok) return limit;
  const since = sinceOf(asked);
  if (!since.ok) return since;
  const text = givenOnce(asked, "_cursor");
  if (!text.ok) return text;
  const after = text.value === undefined ? ok(undefined) : readCursor(text.value, asked.query);
  if (!after.ok) return after;
  return ok({
    ...scope,
    limit: limit.value,
    ...(since.value === undefined ? {} : { sinceMs: since.value }),
    ...(after.value === undefined ? {} : { before: after.value.position }),
  });
}

function countOf(asked: Asked): Result<number> {
  const text = givenOnce(asked, "_count");
  if (!text.ok) return text;
  if (text.value === undefined) return ok(limits.pageSizeDefault);
  if (/^[1-9]\d{0,8}$/.test(text.value)) return ok(Math.min(Number(text.value), limits.pageSizeMax));
  return failed(incorrect("wrong-search-value", "_count must be a whole number above 0.", { where: "_count" }));
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

function historyAnswer(asked: Asked, path: string, { versions, next }: Page): Answer {
  const links: BundleLink[] = [{ relation: "self", url: addressOf(asked, path, asked.query) }];
  if (next !== undefined) {
    const query = new URLSearchParams(asked.query);
    query.set("_cursor", cursorText(next, asked.query));
    links.push({ relation: "next", url: addressOf(asked, path, query) });
  }
  const entries = versions
    .filter(({ kind }) => isResourceType(kind))
    .map((version) => historyEntry(version, asked.base));
  return { status: 200, body: bundleText({ type: "history", links, entries }) };
}

function addressOf({ base }: Asked, path: string, query: URLSearchParams): string {
  return `${base}/${path}${query.size === 0 ? "" : `?${query}`}`;
}

/** Whether a first version came by POST or PUT is not kept; it is told as POST. */
const statusOfAction = { create: "201 Created", update: "200 OK", delete: "204 No Content" } as const;

function historyEntry(version: Version, base: string): string {
  const { kind, id, action, at, body } = version;
  const isFirst = action === "create" && version.version === 1;
  const method = isFirst ? "POST" : action === "delete" ? "DELETE" : "PUT";
  return objectText({
    fullUrl: JSON.stringify(`${base}/${kind}/${id}`),
    resource: action === "delete" ? undefined : body,
    request: JSON.stringify({ method, url: isFirst ? kind : `${kind}/${id}` }),
    response: JSON.stringify({ status: statusOfAction[action], etag: etagOf(version), lastModified: toIso(at) }),
  });
}
