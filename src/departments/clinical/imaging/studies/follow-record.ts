import type { ImageArchive, ImageCursor } from "#imaging";
import { limits, ok, type Result } from "#kernel";
import type { HealthRecord, Position } from "#record";
import { ofStudy } from "./of-study.ts";

export interface FollowNeeds {
  /** The whole record and archive: nothing of them is shown to anybody, studies are only marked to be filed again. */
  readonly look: Pick<HealthRecord, "search">;
  readonly images: ImageArchive;
}

/**
 * Studies whose ImagingStudy is by now about somebody else, as after a merge of patients, are filed again. Follows those
 * documents alone, from a position on; answers the position to go on from.
 */
export async function followMoves({ look, images }: FollowNeeds, after: Position): Promise<Result<Position>> {
  const found = await look.search({
    kind: "ImagingStudy",
    all: [],
    sort: { by: "updated", descending: false },
    limit: limits.imageMovesMax,
    ...(after === 0 ? {} : { after: { position: after } }),
  });
  if (!found.ok) return found;
  const subjects = new Map(found.value.versions.flatMap(({ body }) => movedFrom(body)));
  const known = await images.find({
    level: "study",
    match: [ofStudy(...subjects.keys())],
    limit: limits.imageMovesMax,
  });
  if (!known.ok) return known;
  for (const { uids, study } of known.value.rows) {
    const { study: uid = "" } = uids;
    if (study?.patient !== undefined && subjects.get(uid) !== `Patient/${study.patient}`)
      await images.changed.mark(uid);
  }
  return ok(found.value.versions.at(-1)?.position ?? after);
}

interface Followed {
  readonly identifier?: readonly { readonly value?: string }[];
  readonly subject?: { readonly reference?: string };
}

/** Its UID and whom it is about. */
function movedFrom(body: string): readonly (readonly [string, string])[] {
  const { identifier = [], subject } = JSON.parse(body) as Followed;
  const uid = identifier.find(({ value = "" }) => value.startsWith("urn:oid:"))?.value?.slice(8);
  return uid === undefined ? [] : [[uid, subject?.reference ?? ""]];
}

/**
 * Studies that match nobody are tried again: their patient may have been registered since, or their order have come. Some at a
 * time; answers where to go on, undefined from the beginning.
 */
export async function retryUnmatched(
  { images }: FollowNeeds,
  after: ImageCursor | undefined,
): Promise<Result<ImageCursor | undefined>> {
  const found = await images.find({
    level: "study",
    match: [],
    states: ["unmatched"],
    limit: limits.imageMovesMax,
    ...(after === undefined ? {} : { after }),
  });
  if (!found.ok) return found;
  for (const { uids } of found.value.rows) await images.changed.mark(uids.study ?? "");
  return ok(found.value.next);
}
