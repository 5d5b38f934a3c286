import {
  type CurrentState,
  type KeyMatch,
  type Kind,
  keyText,
  matchText,
  type Position,
  type Sighting,
  type Version,
  type VersionRow,
  type WriteReading,
} from "#record";
import { matchesReadMax, type Stored } from "./before.ts";
import type { RecentRows } from "./recent-rows.ts";

/** What was read, and the newest position that was certainly seen. */
export interface Read {
  readonly stored: Stored;
  readonly since: Position;
}

/** What of a reading nobody has seen yet. */
export function unseen({ keys, matches, unmatched, seen }: WriteReading): WriteReading {
  if (seen.length === 0) return { keys, matches, unmatched, seen };
  return {
    keys: keys.filter((key) => !seen.some((sighting) => sighting.keys.has(keyText(key)))),
    matches: matches.filter((match) => !seen.some((sighting) => sighting.matching.has(matchText(match)))),
    unmatched,
    seen,
  };
}

/**
 * What a commit wants to know: what was seen before or read now, with versions on top that are on their way to the disk and
 * may not have been seen. Undefined where it cannot be told without another look: as many matches were read as are ever
 * read, and one of them has changed.
 */
export function overlaid(
  reading: WriteReading,
  read: Read & { readonly of: WriteReading },
  recent: RecentRows,
): Stored | undefined {
  const readMatching = new Map(read.of.matches.map((match, at) => [matchText(match), read.stored.matching[at] ?? []]));
  const matching: (readonly Version[])[] = [];
  const changed = changedSince(recent);
  for (const match of reading.matches) {
    const text = matchText(match);
    const sighting = reading.seen.find((each) => each.matching.has(text));
    const known = (sighting?.matching ?? readMatching).get(text) ?? [];
    const now = matchesNow(match, known, changed(match.kind, (sighting ?? read).since));
    if (now === undefined) return undefined;
    matching.push(now);
  }
  const current = new Map<string, CurrentState>();
  for (const key of reading.keys) {
    const text = keyText(key);
    const sighting = reading.seen.find((each) => each.keys.has(text));
    const row = recent.newest(text, (sighting ?? read).since);
    const state = row === undefined ? (sighting ?? read.stored).current.get(text) : stateOf(row);
    if (state !== undefined) current.set(text, state);
  }
  return { current, matching, matched: read.stored.matched };
}

/** Many matches of one transaction ask for the same. */
function changedSince(recent: RecentRows): (kind: Kind, since: Position) => readonly VersionRow[] {
  const known = new Map<string, readonly VersionRow[]>();
  return (kind, since) => {
    const name = `${since} ${kind}`;
    const rows = known.get(name) ?? recent.ofKind(kind, since);
    known.set(name, rows);
    return rows;
  };
}

function matchesNow(
  match: KeyMatch,
  known: readonly Version[],
  rows: readonly VersionRow[],
): readonly Version[] | undefined {
  if (rows.length === 0) return known;
  const changed = new Set(rows.map(keyText));
  const unchanged = known.filter((version) => !changed.has(keyText(version)));
  if (known.length === matchesReadMax && unchanged.length < known.length) return undefined;
  return [...unchanged, ...rows.filter((row) => isMatch(row, match))];
}

function isMatch(row: VersionRow, { keys }: KeyMatch): boolean {
  if (row.action === "delete") return false;
  const { entries } = row;
  return keys.every((key) => entries.keys.includes(key) || entries.references.includes(key));
}

/** The state that a version makes. */
export function stateOf({ version, position, action, at, body }: Version): CurrentState {
  return { version, position, deleted: action === "delete", at, body };
}

/** What was read for a sighting: a document that carries a key was seen, too. */
export function sightingOf(
  question: Pick<WriteReading, "keys" | "matches">,
  { stored, since }: Read,
  generation: number,
): Sighting {
  const found = stored.matching.flat();
  const current = new Map(stored.current);
  for (const version of found) current.set(keyText(version), stateOf(version));
  return {
    current,
    keys: new Set([...question.keys, ...found].map(keyText)),
    matching: new Map(question.matches.map((match, at) => [matchText(match), stored.matching[at] ?? []])),
    since,
    generation,
  };
}
