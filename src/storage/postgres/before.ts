import { type CurrentState, type Key, type KeyMatch, keyText, type Version, type WriteReading } from "#record";
import type { Database } from "./database.ts";
import { bigintArray, documentKey, selfKey } from "./index-key.ts";
import type { KindNumbers } from "./kinds.ts";
import { type StoredVersion, toVersion } from "./version-row.ts";

/** What a commit wants to know of what is stored. */
export interface Stored {
  /** Keyed by `keyText`. */
  readonly current: ReadonlyMap<string, CurrentState>;
  /** For each match, up to `matchesReadMax` documents that carry all its keys. */
  readonly matching: readonly (readonly Version[])[];
}

/** Two are enough to tell none, one and several apart. */
export const matchesReadMax = 2;

/** Both are sent at once. */
export async function readStored(sql: Database, kinds: KindNumbers, reading: WriteReading): Promise<Stored> {
  const [current, matching] = await Promise.all([
    currentStates(sql, kinds, reading.keys),
    matchingDocuments(sql, kinds, reading.matches),
  ]);
  return { current, matching };
}

interface CurrentRow extends CurrentState {
  readonly kind: number;
  readonly id: string;
}

async function currentStates(sql: Database, kinds: KindNumbers, keys: readonly Key[]): Promise<Stored["current"]> {
  if (keys.length === 0) return new Map();
  const rows = await sql<CurrentRow[]>`
    select d.kind, d.id, d.version, d.position, d.deleted, v.at_ms as at, v.body
    from unnest(${keys.map(selfKey)}::bigint[], ${keys.map((key) => kinds.numberOf(key.kind))}::smallint[],
      ${keys.map((key) => key.id)}::text[]) as wanted (self, kind, id)
    join document d on d.self = wanted.self and d.kind + 0 = wanted.kind and d.id = wanted.id
    join version v on v.position = d.position`;
  return new Map(rows.map(({ kind, id, ...state }) => [keyText({ kind: kinds.nameOf(kind), id }), state]));
}

async function matchingDocuments(
  sql: Database,
  kinds: KindNumbers,
  matches: readonly KeyMatch[],
): Promise<Stored["matching"]> {
  if (matches.length === 0) return [];
  const wanted = matches.map(({ kind, keys }) => bigintArray(keys.map((key) => documentKey(kind, key))));
  const rows = await sql<(StoredVersion & { readonly ordinal: number })[]>`
    select found.*, wanted.ordinal::int
    from unnest(${wanted}::text[], ${matches.map((match) => kinds.numberOf(match.kind))}::smallint[])
      with ordinality as wanted (keys, kind, ordinal)
    cross join lateral (
      -- The fence makes the index on keys the only way in, whatever the planner guesses of keys it cannot know.
      select v.* from (select * from document where keys @> wanted.keys::bigint[] offset 0) d
      join version v on v.position = d.position
      where d.kind = wanted.kind and not d.deleted
      limit ${matchesReadMax}
    ) as found`;
  return matches.map((_, index) => rows.filter((row) => row.ordinal === index + 1).map((row) => toVersion(row, kinds)));
}
