import { type CurrentState, type KeyMatch, keyText, type Version, type VersionRow, type WriteReading } from "#record";
import { matchesReadMax, type Stored } from "./before.ts";

/**
 * What is stored, with versions on top that are on their way to the disk and may not have been seen yet; they are in the
 * order of their positions. Undefined where it cannot be told without another look: as many matches were read as are ever
 * read, and one of them has changed.
 */
export function overlaid(stored: Stored, reading: WriteReading, rows: readonly VersionRow[]): Stored | undefined {
  if (rows.length === 0) return stored;
  const newest = new Map(rows.map((row) => [keyText(row), row]));
  const matching: (readonly Version[])[] = [];
  for (const [at, match] of reading.matches.entries()) {
    const seen = stored.matching[at] ?? [];
    const unchanged = seen.filter((version) => !newest.has(keyText(version)));
    if (seen.length === matchesReadMax && unchanged.length < seen.length) return undefined;
    matching.push([...unchanged, ...[...newest.values()].filter((row) => isMatch(row, match))]);
  }
  const current = new Map(stored.current);
  for (const key of reading.keys) {
    const row = newest.get(keyText(key));
    if (row !== undefined) current.set(keyText(key), stateOf(row));
  }
  return { current, matching, matched: stored.matched };
}

function isMatch(row: VersionRow, { kind, keys }: KeyMatch): boolean {
  if (row.kind !== kind || row.action === "delete") return false;
  const { entries } = row;
  return keys.every((key) => entries.keys.includes(key) || entries.references.includes(key));
}

function stateOf({ version, position, action, at, body }: VersionRow): CurrentState {
  return { version, position, deleted: action === "delete", at, body };
}
