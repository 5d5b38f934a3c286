import type { FileEntry } from "./file-store.ts";

/** What a folder held when it was looked at. */
export type Seen = ReadonlyMap<string, FileEntry>;

/**
 * The files that are there whole, the oldest first: those whose size and time have stood still since the look before, and
 * those that were renamed since, as senders do who write aside.
 */
export function arrivedFiles(before: Seen, now: Seen, isWanted: (name: string) => boolean): readonly FileEntry[] {
  const namesBefore = new Map([...before.values()].map(({ identity, name }) => [identity, name]));
  const hasArrived = (file: FileEntry) => {
    const known = before.get(file.name);
    if (known !== undefined) return isSame(known, file);
    return file.identity !== undefined && namesBefore.has(file.identity);
  };
  return [...now.values()].filter((file) => isWanted(file.name) && hasArrived(file)).sort(byAge);
}

export function isSame(one: FileEntry, other: FileEntry): boolean {
  return one.bytes === other.bytes && one.modifiedMs === other.modifiedMs && one.identity === other.identity;
}

function byAge(one: FileEntry, other: FileEntry): number {
  return one.modifiedMs - other.modifiedMs || (one.name < other.name ? -1 : 1);
}
