import type { Context } from "#access";
import { studyName } from "#imaging";
import { type Instant, limits, ok, type Result } from "#kernel";
import { type Erasures, type HealthRecord, type Key, keyText, type Operation } from "#record";
import { decisionKey, imageDecisionKind } from "../keeping/image-decision.ts";
import { imageEditId, imageEditKind } from "../keeping/image-edit.ts";
import { imageSendKind } from "../routing/image-send.ts";
import { imagingStudyId } from "../studies/file-study.ts";
import type { JudgedStudy } from "./judge-studies.ts";
import { studyMarkId, studyMarkKind } from "./study-mark.ts";

export interface DisposingOfStudies {
  readonly look: Pick<HealthRecord, "search" | "readMany">;
  /** May delete what goes, under the name of who agreed. */
  readonly context: Context;
  readonly erasing: Pick<Erasures, "plan">;
  /** In the list of erasures. */
  readonly decision: string;
  readonly at: Instant;
}

/**
 * Writes down that these studies go, then deletes their documents by the usual way; what is left to do is the erasure.
 * Reports on them stay. Safe to run again.
 */
export async function dropStudies(needs: DisposingOfStudies, going: readonly JudgedStudy[]): Promise<Result<void>> {
  const { decision, at, erasing } = needs;
  const keys = await keysOf(needs, going);
  if (!keys.ok) return keys;
  const studies = going.map(({ uid }) => studyName(uid));
  const planned = await erasing.plan({ decision, at, documents: keys.value, studies });
  return planned.ok ? deleteStanding(needs, keys.value) : planned;
}

async function keysOf(needs: DisposingOfStudies, going: readonly JudgedStudy[]): Promise<Result<readonly Key[]>> {
  const own = going.flatMap(({ uid, document }): readonly Key[] => [
    { kind: "ImagingStudy", id: imagingStudyId(uid) },
    ...(document === undefined ? [] : [{ kind: "ImagingStudy", id: document }]),
    { kind: imageEditKind, id: imageEditId(uid) },
    { kind: studyMarkKind, id: studyMarkId(uid) },
  ]);
  const found: Key[] = [...own];
  const any = going.map(({ uid }) => decisionKey(uid));
  for (const kind of any.length === 0 ? [] : [imageSendKind, imageDecisionKind]) {
    const named = await searchAll(needs.look, kind, any);
    if (!named.ok) return named;
    found.push(...named.value);
  }
  return ok([...new Map(found.map((key) => [keyText(key), key])).values()]);
}

async function searchAll(
  look: Pick<HealthRecord, "search">,
  kind: string,
  any: readonly string[],
): Promise<Result<readonly Key[]>> {
  const keys: Key[] = [];
  const query = { kind, all: [{ is: "key", any }], sort: { by: "updated", descending: false } } as const;
  for (let page = await look.search({ ...query, limit: limits.pageSizeMax }); ; ) {
    if (!page.ok) return page;
    keys.push(...page.value.versions.map(({ id }) => ({ kind, id })));
    const { next: after } = page.value;
    if (after === undefined) return ok(keys);
    page = await look.search({ ...query, limit: limits.pageSizeMax, after });
  }
}

async function deleteStanding({ look, context }: DisposingOfStudies, keys: readonly Key[]): Promise<Result<void>> {
  for (let start = 0; start < keys.length; start += limits.erasureDocumentsAtOnce) {
    const standing = await look.readMany(keys.slice(start, start + limits.erasureDocumentsAtOnce));
    if (!standing.ok) return standing;
    const operations = standing.value.map(({ kind, id }): Operation => ({ action: "delete", kind, id }));
    const gone = operations.length === 0 ? ok([]) : await context.record.transact({ operations });
    if (!gone.ok) return gone;
  }
  return ok(undefined);
}
