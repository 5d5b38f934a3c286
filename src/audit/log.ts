import { failed, instant, notFound, ok, type Result, unsupported } from "#kernel";
import type { AuditQuery, AuditStore, HistoryQuery, Page, Query, SealedAuditEntry, Version } from "#record";
import { type PostedEvent, type Posting, postedEvents } from "./posted.ts";
import { auditEventId, renderAuditEvent } from "./render.ts";
import { auditBounds } from "./search.ts";

/**
 * The log, read as documents of kind `AuditEvent`, so that it is searched and served like everything else.
 * They have one version each. Newest first, whatever order was asked for: the log knows no other.
 */
export interface AuditLog {
  /** Problems: not-found. */
  read(id: string): Promise<Result<Version>>;
  /** Problems: unsupported, for a clause on anything but the parameters in `searchable` and `_id`, `date`. */
  search(query: Query): Promise<Result<Page>>;
  history(query: HistoryQuery): Promise<Result<Page>>;
  /** Problems: unsupported: counting the log means reading it. */
  count(): Promise<Result<number>>;
  /** An AuditEvent of an application, ready to be appended. Problems: incorrect, where it is not sound R4. */
  posted(posting: Posting): Result<PostedEvent>;
}

export function openAuditLog(store: AuditStore): AuditLog {
  return {
    read: (id) => readOne(store, id),
    search: (query) => searchLog(store, query),
    history: (query) => historyOf(store, query),
    count: async () => failed(unsupported("audit-count", "AuditEvents are not counted. Ask for pages of them.")),
    posted: postedEvents(),
  };
}

function toVersion(entry: SealedAuditEntry): Version {
  const event = renderAuditEvent(entry);
  return {
    kind: "AuditEvent",
    id: String(event.id),
    version: 1,
    position: entry.sequence,
    at: entry.at,
    action: "create",
    body: JSON.stringify(event),
  };
}

const sequencePattern = /^[1-9][0-9]{0,15}$/;

async function find(store: AuditStore, id: string): Promise<SealedAuditEntry | undefined> {
  if (sequencePattern.test(id)) {
    const entry = await store.read(Number(id));
    return entry !== undefined && auditEventId(entry) === id ? entry : undefined;
  }
  const [entry] = await store.search({ all: [[`id=${id}`]], limit: 1 });
  return entry;
}

async function readOne(store: AuditStore, id: string): Promise<Result<Version>> {
  const entry = await find(store, id);
  return entry === undefined ? failed(notFound("not-found", `There is no AuditEvent/${id}.`)) : ok(toVersion(entry));
}

async function searchLog(store: AuditStore, query: Query): Promise<Result<Page>> {
  const ids = query.all.flatMap((clause) => (clause.is === "id" ? [clause.any] : []));
  if (ids.length > 0) return searchByIds(store, ids, query);
  const bounds = auditBounds(query.all);
  if (!bounds.ok) return bounds;
  if (bounds.value === "nothing") return ok({ versions: [] });
  return ok(await pageOf(store, { ...bounds.value, ...beforeOf(query.after?.position), limit: query.limit }));
}

/** `_id` names entries outright; further clauses beside it are refused rather than passed over. */
async function searchByIds(
  store: AuditStore,
  ids: readonly (readonly string[])[],
  query: Query,
): Promise<Result<Page>> {
  if (ids.length !== query.all.length || ids.length > 1) {
    return failed(unsupported("audit-search", "AuditEvents are searched by _id alone, or by other parameters."));
  }
  const wanted = [...new Set(ids[0])].slice(0, query.limit);
  const found = await Promise.all(wanted.map((id) => find(store, id)));
  return ok({ versions: found.flatMap((entry) => (entry === undefined ? [] : [toVersion(entry)])) });
}

/** One entry more than asked for tells whether there is another page. */
async function pageOf(store: AuditStore, query: AuditQuery): Promise<Page> {
  const entries = await store.search({ ...query, limit: query.limit + 1 });
  const versions = entries.slice(0, query.limit).map(toVersion);
  const last = versions.at(-1);
  return entries.length > query.limit && last ? { versions, next: { position: last.position } } : { versions };
}

function beforeOf(position: number | undefined) {
  return position === undefined ? {} : { beforeSequence: position };
}

async function historyOf(store: AuditStore, query: HistoryQuery): Promise<Result<Page>> {
  if (query.id !== undefined) {
    const one = await readOne(store, query.id);
    return one.ok ? ok({ versions: [one.value] }) : one;
  }
  const from = query.sinceMs === undefined ? {} : { fromMs: instant(query.sinceMs) };
  return ok(await pageOf(store, { all: [], ...from, ...beforeOf(query.before), limit: query.limit }));
}
