import { type Failed, failed, notFound, ok, type Result } from "#kernel";
import {
  type BlobDay,
  type BlobHash,
  type HistoryQuery,
  type Key,
  type Kind,
  keyText,
  type Look,
  type Page,
  type Query,
  type Sight,
  type Version,
} from "#record";
import { may } from "../actor.ts";
import { addressQuery } from "../restricted-address/address-query.ts";
import { keepsAddresses, shownAddresses, shownNewest } from "../restricted-address/shown-addresses.ts";
import { conditionedQuery } from "../visibility/conditioned-query.ts";
import { seenNewest, seenVersions } from "../visibility/judge.ts";
import type { SeeingAction } from "../visibility/visibility.ts";
import { noteDecisions, noteOverrides } from "./consent-decision.ts";
import { knewOf } from "./known-erased.ts";
import { narrowedQuery } from "./narrowed-query.ts";
import { patientsOfKeys, patientsOfQuery, patientsOfVersion, patientsOfVersions } from "./patients.ts";
import { historyText, queryText } from "./query-text.ts";
import type { View } from "./view.ts";
import { withheldWords } from "./withheld-words.ts";
import { type Deed, endWith, kindForbidden, note, refused, versionText, witnessed } from "./witness.ts";

export async function read(view: View, kind: Kind, id: string): Promise<Result<Version>> {
  const asked: Deed = { act: "read", entities: [`${kind}/${id}`], patients: patientsOfKeys([{ kind, id }]) };
  if (!may(view.actor, kind, "read")) return refused(view, asked, kind, "read");
  const found = await (kind === "AuditEvent" ? view.auditLog.read(id) : view.record.read(kind, id));
  const isNewest = kind !== "AuditEvent";
  const seen = await seenOne(view, asked, { key: { kind, id }, found, isNewest, named: `${kind}/${id}` });
  return showOne(view, asked, seen.ok ? oneOf(await shownNewest(view, [seen.value]), seen.value) : seen);
}

interface FoundOne {
  readonly key: Key;
  readonly found: Result<Version>;
  /** What is found is the document of the record as it now is. */
  readonly isNewest: boolean;
  readonly named: string;
}

/**
 * What may not be seen is not found, in the words in which nothing is found; nor that it was deleted. That it was erased is told
 * to who was shown it before.
 */
async function seenOne(view: View, asked: Deed, { key, found, isNewest, named }: FoundOne): Promise<Result<Version>> {
  const versions = found.ok ? ok([found.value]) : await lastVersions(view, found, key);
  if (!versions.ok) return versions;
  const judged = found.ok && isNewest ? seenNewest : seenVersions;
  const seen = await judged(view, versions.value, "read");
  if (!seen.ok) return seen;
  if (seen.value.length > 0) return found;
  if (found.ok ? found.value.isErased === true : found.problems[0].code === "erased") {
    const known = await knewOf(view, key);
    if (!known.ok || known.value) return known.ok ? found : known;
  }
  for (const version of versions.value) {
    const noted = await noteDecisions(view, asked, { patients: patientsOfVersion(version), version });
    if (!noted.ok) return noted;
  }
  return failed(notFound("not-found", `There is no ${named}.`));
}

const goneCodes: readonly string[] = ["deleted", "erased"];

/** Of what was deleted; the problem itself where there never was anything. */
async function lastVersions({ record }: View, found: Failed, key: Key): Promise<Result<readonly Version[]>> {
  if (!goneCodes.includes(found.problems[0].code)) return found;
  const history = await record.history({ ...key, limit: 1 });
  return history.ok ? ok(history.value.versions) : history;
}

export async function readVersion(view: View, key: Key, version: number): Promise<Result<Version>> {
  const { kind, id } = key;
  const entity = `${kind}/${id}/_history/${version}`;
  const asked: Deed = { act: "read-version", entities: [entity], patients: patientsOfKeys([key]) };
  if (!may(view.actor, kind, "read")) return refused(view, asked, kind, "read");
  const found = await (kind === "AuditEvent" ? view.auditLog.read(id) : view.record.readVersion(kind, id, version));
  const isAbsent = kind === "AuditEvent" && found.ok && version !== 1;
  const asStored = isAbsent ? failed(notFound("not-found", `There is no ${entity}.`)) : found;
  const named = `${kind}/${id} version ${version}`;
  const seen = await seenOne(view, asked, { key, found: asStored, isNewest: false, named });
  return showOne(view, asked, seen.ok ? oneOf(await shownAddresses(view, [seen.value]), seen.value) : seen);
}

function oneOf(shown: Result<readonly Version[]>, stored: Version): Result<Version> {
  return shown.ok ? ok(shown.value[0] ?? stored) : shown;
}

async function showOne(view: View, asked: Deed, result: Result<Version>): Promise<Result<Version>> {
  if (!result.ok) return witnessed(view, asked, result);
  const { value } = result;
  view.shown.add(value);
  const deed = { ...asked, entities: [versionText(value)], patients: patientsOfVersion(value) };
  const noted = await noteOverrides(view, deed, [value]);
  return noted.ok ? witnessed(view, deed, result) : noted;
}

/** Those the actor may not read are not found; that they were asked for is witnessed. */
export async function readMany(view: View, keys: readonly Key[]): Promise<Result<readonly Version[]>> {
  const hidden = keys.filter((key) => !may(view.actor, key.kind, "read"));
  const [first] = hidden;
  if (first !== undefined) {
    const asked: Deed = { act: "read", entities: hidden.map(keyText), patients: patientsOfKeys(hidden) };
    const noted = await note(view, asked, endWith(kindForbidden(first.kind, "read")));
    if (!noted.ok) return noted;
  }
  const open = keys.filter((key) => may(view.actor, key.kind, "read"));
  if (open.length === 0) return ok([]);
  const result = await readOpen(view, open);
  const versions = result.ok ? result.value : [];
  view.shown.addAll(versions);
  const patients = [...new Set([...patientsOfVersions(versions), ...patientsOfKeys(open)])];
  const deed: Deed = { act: "read", entities: entitiesOf(open, versions), patients };
  const noted = await noteOverrides(view, deed, versions);
  return noted.ok ? witnessed(view, deed, result) : noted;
}

/** As reading the one and searching for the others, of which nothing may be left out: a write is decided on it. */
export async function look(view: View, question: Look): Promise<Result<Sight>> {
  const { keys, carriers } = question;
  const hidden = keys.find(({ kind }) => kind === "AuditEvent" || !may(view.actor, kind, "read"));
  const named: Deed = { act: "read", entities: keys.map(keyText), patients: patientsOfKeys(keys) };
  if (hidden !== undefined) return refused(view, named, hidden.kind, "read");
  const searched = questionOf("search", {
    kind: carriers.kind,
    all: [{ is: "key", any: carriers.keys }],
    sort: { by: "updated", descending: false },
    limit: carriers.keys.length,
  });
  if (!may(view.actor, carriers.kind, "search")) return refused(view, searched, carriers.kind, "search");
  const result = await seenSight(view, await view.record.look(question));
  const { versions, carriers: found } = result.ok ? result.value : { versions: [], carriers: [] };
  view.shown.addAll([...versions, ...found]);
  const noted = await witnessed(view, { ...searched, patients: patientsOfVersions(found) }, result);
  const patients = [...new Set([...patientsOfVersions(versions), ...patientsOfKeys(keys)])];
  return noted.ok ? witnessed(view, { act: "read", entities: entitiesOf(keys, versions), patients }, result) : noted;
}

async function seenSight(view: View, looked: Result<Sight>): Promise<Result<Sight>> {
  if (!looked.ok) return looked;
  const versions = await seenVersions(view, looked.value.versions, "read");
  const carriers = await seenVersions(view, looked.value.carriers, "search");
  if (!versions.ok) return versions;
  if (!carriers.ok) return carriers;
  const [shown, carrying] = [await shownNewest(view, versions.value), await shownNewest(view, carriers.value)];
  if (!shown.ok) return shown;
  return carrying.ok ? ok({ ...looked.value, versions: shown.value, carriers: carrying.value }) : carrying;
}

async function readOpen(view: View, keys: readonly Key[]): Promise<Result<readonly Version[]>> {
  const events = keys.filter((key) => key.kind === "AuditEvent");
  const others = keys.filter((key) => key.kind !== "AuditEvent");
  const [documents, entries] = await Promise.all([
    others.length === 0 ? ok<readonly Version[]>([]) : view.record.readMany(others),
    Promise.all(events.map((key) => view.auditLog.read(key.id))),
  ]);
  if (!documents.ok) return documents;
  const seen = await seenNewest(view, documents.value, "read");
  if (!seen.ok) return seen;
  const found = entries.flatMap((entry) => (entry.ok ? [entry.value] : []));
  const seenEntries = await seenVersions(view, found, "read");
  return seenEntries.ok ? shownNewest(view, [...seen.value, ...seenEntries.value]) : seenEntries;
}

/** What was found with its version, what was not without. */
function entitiesOf(keys: readonly Key[], versions: readonly Version[]): readonly string[] {
  const found = new Map(versions.map((version) => [keyText(version), versionText(version)]));
  return keys.map((key) => found.get(keyText(key)) ?? keyText(key));
}

function questionOf(act: "search" | "count", query: Query): Deed {
  return { act, entities: [query.kind], patients: patientsOfQuery(query), query: queryText(query) };
}

async function mine({ actor, visibility }: View, query: Query): Promise<Result<Query>> {
  const isAllowed = (kind: Kind) => may(actor, kind, "search");
  if (!isAllowed(query.kind)) return failed(kindForbidden(query.kind, "search"));
  const narrowed = narrowedQuery(query, isAllowed, (kind) => kindForbidden(kind, "search"));
  if (!narrowed.ok) return narrowed;
  return conditionedQuery(keepsAddresses(actor) ? narrowed.value : addressQuery(narrowed.value), visibility);
}

export async function search(view: View, query: Query): Promise<Result<Page>> {
  const asked = questionOf("search", query);
  const narrowed = await mine(view, query);
  if (!narrowed.ok) return witnessed(view, asked, narrowed);
  const noted = await noteDecisions(view, asked, { patients: asked.patients ?? [] });
  if (!noted.ok) return noted;
  if (query.kind !== "AuditEvent") return showPage(view, asked, await shownPage(view, narrowed.value));
  return showPage(view, asked, await seenPage(view, await view.auditLog.search(query), "search"));
}

async function shownPage(view: View, query: Query): Promise<Result<Page>> {
  const page = await view.record.search(query);
  const shown = page.ok ? await shownNewest(view, page.value.versions) : page;
  return page.ok && shown.ok ? ok({ ...page.value, versions: shown.value }) : (shown as Failed);
}

/** A search that names its patient concerns that one; of any other, everybody it showed. */
async function showPage(view: View, asked: Deed, result: Result<Page>): Promise<Result<Page>> {
  if (!result.ok) return witnessed(view, asked, result);
  const { versions } = result.value;
  view.shown.addAll(versions);
  const overridden = await noteOverrides(view, asked, versions);
  if (!overridden.ok) return overridden;
  const named = asked.patients ?? [];
  return witnessed(view, { ...asked, patients: named.length > 0 ? named : patientsOfVersions(versions) }, result);
}

export async function count(view: View, query: Query): Promise<Result<number>> {
  const asked = questionOf("count", query);
  const narrowed = await mine(view, query);
  if (!narrowed.ok) return witnessed(view, asked, narrowed);
  const noted = await noteDecisions(view, asked, { patients: asked.patients ?? [] });
  if (!noted.ok) return noted;
  const isOfLog = query.kind === "AuditEvent";
  return witnessed(view, asked, await (isOfLog ? view.auditLog.count() : view.record.count(narrowed.value)));
}

/** Of one document, for those who may read it; of a kind, for those who may list it; of everything, what they may list. */
export async function history(view: View, query: HistoryQuery): Promise<Result<Page>> {
  const { kind, id } = query;
  const patients = kind !== undefined && id !== undefined ? patientsOfKeys([{ kind, id }]) : [];
  const asked: Deed = {
    act: "history",
    entities: kind === undefined ? [] : [id === undefined ? kind : `${kind}/${id}`],
    patients,
    query: historyText(query),
  };
  const action = id === undefined ? "history" : "read";
  if (kind !== undefined && !may(view.actor, kind, action)) return refused(view, asked, kind, action);
  const found = await (kind === "AuditEvent" ? view.auditLog.history(query) : view.record.history(query));
  const result = await seenPage(view, found, action);
  if (!result.ok || kind !== undefined) return showPage(view, asked, result);
  const versions = result.value.versions.filter((version) => may(view.actor, version.kind, "history"));
  return showPage(view, asked, ok({ ...result.value, versions }));
}

async function seenPage(view: View, page: Result<Page>, action: SeeingAction): Promise<Result<Page>> {
  if (!page.ok) return page;
  const seen = await seenVersions(view, page.value.versions, action);
  const shown = seen.ok ? await shownAddresses(view, seen.value) : seen;
  return shown.ok ? ok({ ...page.value, versions: shown.value }) : shown;
}

/** A blob nobody was shown a name of is not found (see `Shown`). */
export async function readBlob(view: View, hash: BlobHash, day?: BlobDay): Promise<Result<Uint8Array>> {
  const naming = view.shown.naming(hash);
  if (naming === undefined) {
    const unknown = failed(notFound("not-found", `There is no blob ${hash}.`));
    return witnessed(view, { act: "read", entities: [`Blob/${hash}`] }, unknown);
  }
  const asked: Deed = {
    act: "read",
    entities: [`Blob/${hash}`, versionText(naming)],
    patients: patientsOfVersion(naming),
  };
  const withheld = await withheldWords(view, naming);
  if (!withheld.ok) return withheld;
  return witnessed(view, asked, withheld.value ? failed(withheld.value) : await view.record.readBlob(hash, day));
}
