import { limits, ok, type Result } from "#kernel";
import { keyText, type Position, type Version } from "../../documents/document.ts";
import type { Clause } from "../../documents/query.ts";
import type { HealthRecord } from "../../health-record.ts";

/** All documents of one kind as they were at one position of the record, whatever is written meanwhile. */
export interface Scan {
  readonly kind: string;
  /** What holds of each. */
  readonly all: readonly Clause[];
  /** What of it the documents' own search cannot tell of a version that is no longer the newest. */
  readonly isWanted: (version: Version) => boolean;
  /** The position. */
  readonly position: Position;
}

/** How far a scan is: it can be gone on with from here. */
export interface ScanPlace {
  /** Documents whose version of the scan stands at this position or before are done. */
  readonly after: Position;
  /** Changes after the position of the scan that were taken into account. */
  readonly changesAfter: Position;
}

export interface ScanPage {
  readonly versions: readonly Version[];
  readonly place: ScanPlace;
  readonly isLast: boolean;
}

export function scanStart(position: Position): ScanPlace {
  return { after: 0, changesAfter: position };
}

/**
 * The next documents of a scan. The newest versions are gone through in the order of the feed, up to the position. What is
 * changed after it would be missed, as its newest version now stands further on; so the changes are read after each page,
 * and whatever the pages have not shown is taken as it was. Each document is told once. Where a condition narrows the scan,
 * a document changed meanwhile is told when it still meets it.
 */
export async function nextScanPage(record: HealthRecord, scan: Scan, place: ScanPlace): Promise<Result<ScanPage>> {
  const { kind, all, position } = scan;
  const page = await record.search({
    kind,
    all,
    sort: { by: "updated", descending: false },
    limit: limits.pageSizeMax,
    ...(place.after === 0 ? {} : { after: { position: place.after } }),
  });
  if (!page.ok) return page;
  const shown = page.value.versions.filter((version) => version.position <= position);
  const isLast = page.value.next === undefined || shown.length < page.value.versions.length;
  const covered = isLast ? position : (shown.at(-1)?.position ?? position);
  const missed = await missedByPages(record, scan, { place, shown, covered });
  if (!missed.ok) return missed;
  const { versions, changesAfter } = missed.value;
  return ok({
    versions: [...shown, ...versions].filter(scan.isWanted),
    place: { after: covered, changesAfter },
    isLast,
  });
}

interface Shown {
  readonly place: ScanPlace;
  readonly shown: readonly Version[];
  /** The page goes up to here. */
  readonly covered: Position;
}

interface Missed {
  readonly versions: readonly Version[];
  readonly changesAfter: Position;
}

/** Documents that a change has moved out of reach of this page or a later one, as they were before it. */
async function missedByPages(
  record: HealthRecord,
  scan: Scan,
  { place, shown, covered }: Shown,
): Promise<Result<Missed>> {
  const { kind, position } = scan;
  const onPage = new Set(shown.map(keyText));
  const missed: Version[] = [];
  let { changesAfter } = place;
  for (;;) {
    const changes = await record.history({ kind, isOldestFirst: true, after: changesAfter, limit: limits.pageSizeMax });
    if (!changes.ok) return changes;
    for (const change of changes.value.versions) {
      changesAfter = change.position;
      if (change.version === 1) continue;
      const before = await record.readVersion(kind, change.id, change.version - 1);
      if (!before.ok) return before;
      const isReached =
        before.value.position <= place.after || (before.value.position <= covered && onPage.has(keyText(change)));
      if (before.value.position <= position && before.value.action !== "delete" && !isReached)
        missed.push(before.value);
    }
    if (changes.value.next === undefined) break;
  }
  const versions = await stillMeeting(record, scan, missed);
  return versions.ok ? ok({ versions: versions.value, changesAfter }) : versions;
}

async function stillMeeting(
  record: HealthRecord,
  { kind, all }: Scan,
  missed: readonly Version[],
): Promise<Result<readonly Version[]>> {
  if (all.length === 0 || missed.length === 0) return ok(missed);
  const meeting = new Set<string>();
  for (let first = 0; first < missed.length; first += limits.pageSizeMax) {
    const ids = missed.slice(first, first + limits.pageSizeMax).map(({ id }) => id);
    const found = await record.search({
      kind,
      all: [...all, { is: "id", any: ids }],
      sort: { by: "updated", descending: false },
      limit: limits.pageSizeMax,
    });
    if (!found.ok) return found;
    for (const version of found.value.versions) meeting.add(keyText(version));
  }
  return ok(missed.filter((version) => meeting.has(keyText(version))));
}
