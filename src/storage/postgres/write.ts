import { type Instant, instant } from "#kernel";
import {
  type AuditEntry,
  type Clause,
  type CurrentState,
  type Decided,
  type Key,
  type KeyMatch,
  keyText,
  type Query,
  type Unmatched,
  type Version,
  type WriteBefore,
  type WriteReading,
} from "#record";
import { appendRows } from "./append.ts";
import { type AuditTail, appendUnlessMoved, chainOf, type Seal, tailOf } from "./audit-chain.ts";
import type { Database } from "./database.ts";
import { bigintArray, documentKey, selfKey } from "./index-key.ts";
import type { KindNumbers } from "./kinds.ts";
import { searchPage } from "./search.ts";
import { type StoredVersion, toVersion } from "./version-row.ts";

export interface Head {
  readonly position: number;
  readonly at_ms: number;
  readonly audit_sequence: number;
  readonly audit_hash: Buffer;
}

export interface WriteNeeds {
  readonly database: Database;
  readonly kinds: KindNumbers;
  readonly seal: Seal;
  /** Where the audit log ends, as far as this process knows; set after each commit. */
  readonly log: { tail?: AuditTail };
}

/**
 * One database transaction that holds the head's row lock until its commit is on disk, in two round trips: the driver
 * sends together what need not wait. The connection must be one of `openOnce`, and be thrown away when this throws:
 * nothing rolls the transaction back but its end.
 */
export async function write<T>(
  { database, kinds, seal, log }: WriteNeeds,
  reading: WriteReading,
  decide: (before: WriteBefore) => Decided<T>,
): Promise<T> {
  // `execute` sends at once: the lock must be asked for before anything is read.
  const [, heads, current, matching, matched] = await Promise.all([
    database`begin`.execute(),
    database<Head[]>`select position, at_ms, audit_sequence, audit_hash from head for update`.execute(),
    currentStates(database, kinds, reading.keys),
    matchingDocuments(database, kinds, reading.matches),
    matchedSince(database, kinds, reading.unmatched),
  ]);
  const [head] = heads;
  if (head === undefined) throw new Error("the head row is missing: the database was not migrated");
  const before = { head: { position: head.position, at: instant(head.at_ms) }, current, matching, matched };
  const { rows, value } = decide(before);
  // Should a statement fail, the commit behind it rolls back, and the statement's error is thrown.
  await Promise.all([...appendRows({ sql: database, kinds, head, seal }, rows), database`commit`]);
  log.tail = chainOf(tailOf(head), rows.audit, seal).tail;
  return value;
}

/** Entries by themselves: one round trip when no other process has written meanwhile, three otherwise. */
export async function writeAudit(needs: WriteNeeds, entries: readonly AuditEntry[]): Promise<void> {
  const { tail } = needs.log;
  if (tail !== undefined) {
    const chained = chainOf(tail, entries, needs.seal);
    if (await appendUnlessMoved(needs.database, tail, chained)) {
      needs.log.tail = chained.tail;
      return;
    }
  }
  const rows = { versions: [], blobs: [], audit: entries };
  await write(needs, { keys: [], matches: [], unmatched: [] }, () => ({ rows, value: undefined }));
}

interface CurrentRow {
  readonly kind: number;
  readonly id: string;
  readonly version: number;
  readonly position: number;
  readonly deleted: boolean;
  readonly at_ms: Instant;
  readonly body: string;
}

async function currentStates(
  sql: Database,
  kinds: KindNumbers,
  keys: readonly Key[],
): Promise<ReadonlyMap<string, CurrentState>> {
  if (keys.length === 0) return new Map();
  const rows = await sql<CurrentRow[]>`
    select d.kind, d.id, d.version, d.position, d.deleted, v.at_ms, v.body
    from unnest(${keys.map(selfKey)}::bigint[], ${keys.map((key) => kinds.numberOf(key.kind))}::smallint[],
      ${keys.map((key) => key.id)}::text[]) as wanted (self, kind, id)
    join document d on d.self = wanted.self and d.kind = wanted.kind and d.id = wanted.id
    join version v on v.position = d.position`;
  return new Map(
    rows.map((row) => [
      keyText({ kind: kinds.nameOf(row.kind), id: row.id }),
      { version: row.version, position: row.position, deleted: row.deleted, at: row.at_ms, body: row.body },
    ]),
  );
}

/** Two are enough to tell none, one and several apart. */
const matchesReadMax = 2;

async function matchingDocuments(
  sql: Database,
  kinds: KindNumbers,
  matches: readonly KeyMatch[],
): Promise<readonly (readonly Version[])[]> {
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

/** Of searches that found nothing before, those that find something under the lock. */
async function matchedSince(
  database: Database,
  kinds: KindNumbers,
  unmatched: readonly Unmatched[],
): Promise<readonly Unmatched[]> {
  const pages = await Promise.all(
    unmatched.map((each) => searchPage({ database, kinds }, { ...searchAgain(each), limit: 1 })),
  );
  return unmatched.filter((_, index) => pages[index]?.versions.length !== 0);
}

/** Conditions on nothing but the document itself, which only a new version of it can begin to satisfy. */
const ownClauses: ReadonlySet<Clause["is"]> = new Set(["key", "text", "written", "date", "id", "updated"]);

/** Only among what has changed since, which is little; all of it where the condition is also on other documents. */
function searchAgain({ query, after }: Unmatched): Query {
  if (!query.all.every(({ is }) => ownClauses.has(is))) return query;
  return { ...query, sort: { by: "updated", descending: false }, after: { position: after } };
}
