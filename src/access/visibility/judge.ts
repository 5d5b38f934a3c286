import { limits, ok, type Result } from "#kernel";
import {
  type Clause,
  type HealthRecord,
  indexEntriesOf,
  type Key,
  type Kind,
  keyText,
  satisfies,
  type Version,
} from "#record";
import { isFhirKind } from "../policies/index.ts";
import { documentsNaming } from "./attachments.ts";
import { verdictByText } from "./verdict-by-text.ts";
import type { SeeingAction, Visibility } from "./visibility.ts";

export interface Judge {
  /** The whole record. */
  readonly record: HealthRecord;
  readonly visibility: Visibility;
}

/**
 * The versions, old and new, that may be shown. A version is seen by whoever may see its document as it now is, unless the
 * version itself is such as may not be seen: neither does a label that was added later leave the earlier text open, nor a
 * correction what was filed under another patient. A deleted document is judged by what it was when it was deleted.
 */
export async function seenVersions(
  judge: Judge,
  versions: readonly Version[],
  action: SeeingAction,
): Promise<Result<readonly Version[]>> {
  const conditions = await conditionsOf(judge, versions, action);
  if (!conditions.ok) return conditions;
  if (conditions.value.size === 0) return ok(versions);
  const open = versions.filter((version) => !isRuledOut(version, conditions.value.get(version.kind) ?? []));
  const asked = open.filter(({ kind }) => conditions.value.has(kind));
  const seen = await seenAsNewest(judge, asked, conditions.value);
  if (!seen.ok) return seen;
  return ok(open.filter((version) => !conditions.value.has(version.kind) || seen.value.has(keyText(version))));
}

/** The same of versions that were just read as the newest of their documents: nothing is read again. None is a deletion. */
export function seenNewest(
  judge: Judge,
  versions: readonly Version[],
  action: SeeingAction,
): Promise<Result<readonly Version[]>> {
  return seenBy(judge, versions, action, seenAmong);
}

/** Those of the documents that may be shown as they now are, or were when they were deleted. */
export function seenKeys(judge: Judge, keys: readonly Key[], action: SeeingAction): Promise<Result<readonly Key[]>> {
  return seenBy(judge, keys, action, seenAsNewest);
}

type Seeing<Each> = (
  judge: Judge,
  asked: readonly Each[],
  conditions: Conditions,
) => Promise<Result<ReadonlySet<string>>>;

/** Only what its kind has conditions for is asked about. */
async function seenBy<Each extends Key>(
  judge: Judge,
  all: readonly Each[],
  action: SeeingAction,
  seenOf: Seeing<Each>,
): Promise<Result<readonly Each[]>> {
  const conditions = await conditionsOf(judge, all, action);
  if (!conditions.ok) return conditions;
  const asked = all.filter(({ kind }) => conditions.value.has(kind));
  if (asked.length === 0) return ok(all);
  const seen = await seenOf(judge, asked, conditions.value);
  if (!seen.ok) return seen;
  return ok(all.filter((each) => !conditions.value.has(each.kind) || seen.value.has(keyText(each))));
}

type Conditions = ReadonlyMap<Kind, readonly Clause[]>;

async function conditionsOf({ visibility }: Judge, keys: readonly Key[], action: SeeingAction) {
  const conditions = new Map<Kind, readonly Clause[]>();
  for (const kind of new Set(keys.map((key) => key.kind))) {
    const asked = await visibility.of(kind, action);
    if (!asked.ok) return asked;
    if (asked.value.length > 0) conditions.set(kind, asked.value);
  }
  return ok<Conditions>(conditions);
}

/** By the version alone. Binaries are judged by what names them. */
function isRuledOut(version: Version, all: readonly Clause[]): boolean {
  return version.action !== "delete" && version.kind !== "Binary" && verdictOf(version, all) === false;
}

/** Undefined where other documents or words of the text decide. */
function verdictOf(version: Version, all: readonly Clause[]): boolean | undefined {
  if (all.length === 0) return true;
  if (all.some(({ is }) => is === "never")) return false;
  if (!isFhirKind(version.kind)) return undefined;
  const untold: Clause[] = [];
  for (const clause of all) {
    const verdict = verdictByText(version, clause);
    if (verdict === false) return false;
    if (verdict === undefined) untold.push(clause);
  }
  if (untold.length === 0) return true;
  return satisfies({ version, entries: indexEntriesOf(version.kind, JSON.parse(version.body)) }, untold);
}

/** Which of the documents may be seen as they now are. */
async function seenAsNewest(
  judge: Judge,
  keys: readonly Key[],
  conditions: Conditions,
): Promise<Result<ReadonlySet<string>>> {
  const wanted = new Map(keys.map((key) => [keyText(key), { kind: key.kind, id: key.id }]));
  const newest = await newestOf(judge.record, [...wanted.values()]);
  return newest.ok ? seenAmong(judge, newest.value, conditions) : newest;
}

async function seenAmong(
  judge: Judge,
  newest: readonly Version[],
  conditions: Conditions,
): Promise<Result<ReadonlySet<string>>> {
  const seen = new Set<string>();
  const open = new Map<Kind, string[]>();
  for (const version of newest) {
    const verdict = version.kind === "Binary" ? undefined : verdictOf(version, conditions.get(version.kind) ?? []);
    if (verdict === true) seen.add(keyText(version));
    else if (verdict === undefined) open.set(version.kind, [...(open.get(version.kind) ?? []), version.id]);
  }
  for (const [kind, ids] of open) {
    const found = await foundAmong(judge, { kind, ids }, conditions.get(kind) ?? []);
    if (!found.ok) return found;
    for (const id of found.value) seen.add(keyText({ kind, id }));
  }
  return ok(seen);
}

/** What could not be judged by itself, asked of the record in one search. */
async function foundAmong(
  judge: Judge,
  { kind, ids }: { readonly kind: Kind; readonly ids: readonly string[] },
  all: readonly Clause[],
): Promise<Result<readonly string[]>> {
  if (kind === "Binary") return seenBinaries(judge, ids);
  const found: string[] = [];
  for (let start = 0; start < ids.length; start += limits.pageSizeMax) {
    const page = await judge.record.search({
      kind,
      all: [{ is: "id", any: ids.slice(start, start + limits.pageSizeMax) }, ...all],
      sort: { by: "updated", descending: false },
      limit: limits.pageSizeMax,
    });
    if (!page.ok) return page;
    found.push(...page.value.versions.map(({ id }) => id));
  }
  return ok(found);
}

/** The content of a document is seen by whoever sees a document that names it. */
async function seenBinaries(judge: Judge, ids: readonly string[]): Promise<Result<readonly string[]>> {
  const seen: string[] = [];
  for (const id of ids) {
    const naming = await documentsNaming(judge.record, id);
    if (!naming.ok) return naming;
    const shown = await seenVersions(judge, naming.value, "read");
    if (!shown.ok) return shown;
    if (shown.value.length > 0) seen.push(id);
  }
  return ok(seen);
}

/** The newest states; of what was deleted, the last before that. */
export async function newestOf(record: HealthRecord, keys: readonly Key[]): Promise<Result<readonly Version[]>> {
  if (keys.length === 0) return ok([]);
  const standing = await record.readMany(keys);
  if (!standing.ok) return standing;
  const found = new Set(standing.value.map(keyText));
  const last: Version[] = [];
  for (const { kind, id } of keys) {
    if (found.has(keyText({ kind, id }))) continue;
    const page = await record.history({ kind, id, limit: 2 });
    if (!page.ok) return page;
    last.push(...page.value.versions.filter(({ action }) => action !== "delete").slice(0, 1));
  }
  return ok([...standing.value, ...last]);
}
