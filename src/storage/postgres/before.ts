import { limits } from "#kernel";
import {
  type Clause,
  type CurrentState,
  type Key,
  type KeyMatch,
  keyText,
  type Query,
  type Unmatched,
  type Version,
  type WriteReading,
} from "#record";
import type { Database } from "./database.ts";
import { bigintArray, documentKey, selfKey } from "./index-key.ts";
import type { KindNumbers } from "./kinds.ts";
import { searchLocked } from "./search.ts";
import { type StoredVersion, toVersion } from "./version-row.ts";

/** What a commit wants to know of what is stored. */
export interface Stored {
  /** Keyed by `keyText`. */
  readonly current: ReadonlyMap<string, CurrentState>;
  /** For each match, up to `matchesReadMax` documents that carry all its keys. */
  readonly matching: readonly (readonly Version[])[];
  /** Of the searches that had found nothing, those that find something now. */
  readonly matched: readonly Unmatched[];
}

/** Two are enough to tell none, one and several apart. */
export const matchesReadMax = 2;

/** All is sent at once. */
export async function readStored(sql: Database, kinds: KindNumbers, reading: WriteReading): Promise<Stored> {
  const [current, matching, matched] = await Promise.all([
    currentStates(sql, kinds, reading.keys),
    matchingDocuments(sql, kinds, reading.matches),
    matchedSince(sql, kinds, reading.unmatched),
  ]);
  return { current, matching, matched };
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

async function matchedSince(
  database: Database,
  kinds: KindNumbers,
  unmatched: readonly Unmatched[],
): Promise<readonly Unmatched[]> {
  if (unmatched.length === 0) return [];
  // Everybody who writes waits for this.
  await database.unsafe(`set local statement_timeout = ${limits.searchTimeMsMax}`);
  await database.unsafe("set local plan_cache_mode = force_custom_plan");
  const pages = await Promise.all(
    unmatched.map((each) => searchLocked({ database, kinds }, { ...searchAgain(each), limit: 1 })),
  );
  await database.unsafe("set local statement_timeout = 0");
  await database.unsafe("set local plan_cache_mode = force_generic_plan");
  return unmatched.filter((_, index) => pages[index]?.versions.length !== 0);
}

/** Whether the condition is on nothing but the document itself: then only a new version of it can begin to satisfy it. */
function isOwn(clause: Clause): boolean {
  switch (clause.is) {
    case "all":
    case "any":
      return clause.of.every(isOwn);
    case "not":
      return isOwn(clause.of);
    case "refers":
    case "referred":
    case "concepts":
    case "lineage":
      return false;
    default:
      return true;
  }
}

/** Only among what has changed since, which is little; all of it where the condition is also on other documents. */
function searchAgain({ query, after }: Unmatched): Query {
  if (!query.all.every(isOwn)) return query;
  return { ...query, sort: { by: "updated", descending: false }, after: { position: after } };
}
