import { retiredDayKind } from "#departments/clinical";
import { fault, isJsonObject, type Problem } from "#kernel";
import { type BlobDay, type BlobHash, blobDayOf, isBlobDay, isBlobHash, type Position } from "#record";
import { type Database, storedBodies } from "#storage/postgres";

export interface FeedReport {
  readonly versions: number;
  /** Blobs that a version names, each with the first version that does. */
  readonly blobsNamed: ReadonlyMap<BlobHash, NamedBlob>;
  /** Days whose messages' bytes were taken away, as their time was over. */
  readonly daysRetired: ReadonlySet<BlobDay>;
  readonly problems: readonly Problem[];
}

export interface NamedBlob {
  /** `LinkMessage/7c… version 1`. */
  readonly by: string;
  /** The day on which what it is of arrived; absent where it did not arrive over a link. */
  readonly day?: BlobDay;
}

const problemsMax = 100;

/** Problems: `feed-gap` (positions between are empty), `version-unreadable` (a body is not a JSON object). */
export async function verifyFeed(
  database: Database,
  upTo: Position,
  progress: (position: number) => void,
): Promise<FeedReport> {
  const blobsNamed = new Map<BlobHash, NamedBlob>();
  const daysRetired = new Set<BlobDay>();
  const problems: Problem[] = [];
  const report = (problem: Problem) => {
    if (problems.length < problemsMax) problems.push(problem);
  };
  let versions = 0;
  let last = 0;
  for await (const { position, kind, id, version, body } of storedBodies(database, upTo)) {
    const where = `${kind}/${id} version ${version}`;
    if (position !== last + 1) report(gap(last + 1, position - 1));
    if (!isReadable(body))
      report(fault("version-unreadable", "The body of this version is not readable JSON.", { where }));
    for (const hash of hashesIn(body)) if (!blobsNamed.has(hash)) blobsNamed.set(hash, { by: where, ...dayIn(body) });
    if (kind === retiredDayKind && isBlobDay(id)) daysRetired.add(id);
    versions += 1;
    last = position;
    progress(position);
  }
  if (last < upTo) report(gap(last + 1, upTo));
  return { versions, blobsNamed, daysRetired, problems };
}

function gap(from: number, to: number): Problem {
  return fault("feed-gap", `The feed has no change at the positions ${from} to ${to}.`, { where: `position ${from}` });
}

function dayIn(body: string): Pick<NamedBlob, "day"> {
  const [, at] = /"arrivedAt":"(\d{4}-\d\d-\d\dT[^"]*)"/.exec(body) ?? [];
  return at === undefined ? {} : { day: blobDayOf(at) };
}

/** The body of a deletion is empty or the last one before it. */
function isReadable(body: string): boolean {
  try {
    return body === "" || isJsonObject(JSON.parse(body));
  } catch {
    return false;
  }
}

/**
 * A document names a blob by a member `hash` of 64 hex digits; a FHIR `hash` is base64 and shorter. A Binary does so in an
 * extension.
 */
function hashesIn(body: string): readonly BlobHash[] {
  return [...body.matchAll(/(?:"hash"|"url":"hash","valueString"):"([0-9a-f]{64})"/g)].flatMap(([, hash = ""]) =>
    isBlobHash(hash) ? [hash] : [],
  );
}
