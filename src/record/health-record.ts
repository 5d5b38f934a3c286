import type { Result } from "#kernel";
import type { Blob, BlobDay, BlobHash } from "./blobs/blob.ts";
import type { Key, Kind, Position, Version } from "./documents/document.ts";
import type { Create, Operation, Outcome } from "./documents/operation.ts";
import type { HistoryQuery, Page, Query } from "./documents/query.ts";
import type { AuditEntry, Sighting } from "./ports.ts";

/**
 * The one record. Departments hold it narrowed to an actor (`#access`), with the same signature:
 * what the actor may not see is not found, and every call leaves an audit event.
 */
export interface HealthRecord {
  /**
   * All the operations or none, in one durable commit shared with whatever else waits.
   * Resolves after the commit is on disk, with one outcome an operation, in their order.
   * Problems: incorrect (a body fails its kind's check), conflict, forbidden, busy, unavailable.
   */
  transact(transaction: Transaction): Promise<Result<readonly Outcome[]>>;
  /** The newest version. Problems: not-found; code `deleted` when it was deleted. */
  read(kind: Kind, id: string): Promise<Result<Version>>;
  /** The newest versions of those that exist and are not deleted, in no particular order; one round trip. */
  readMany(keys: readonly Key[]): Promise<Result<readonly Version[]>>;
  /**
   * What a write is to be decided on, as it is at one moment, in one round trip: the newest versions of what is named, and
   * documents that carry one of the keys, two for each key at most. Handed to the transaction, what was seen is not read
   * again in the commit, which still fails as a conflict if it is no longer so.
   */
  look(question: Look): Promise<Result<Sight>>;
  /** A certain version, deletions included. Problems: not-found. */
  readVersion(kind: Kind, id: string, version: number): Promise<Result<Version>>;
  history(query: HistoryQuery): Promise<Result<Page>>;
  search(query: Query): Promise<Result<Page>>;
  /** The exact number of documents that a search finds, whatever its limit. */
  count(query: Query): Promise<Result<number>>;
  /**
   * Those of the kinds of which there may be documents, seen or not, with the key where one is given: a search of the others
   * finds nothing. It leaves no entry in the log, and nothing may be told of it.
   */
  kindsHolding(kinds: readonly Kind[], key?: string): Promise<Result<readonly Kind[]>>;
  /**
   * The content of a blob, found sooner where the day is named that it is kept under. Problems: not-found; fault when the
   * content no longer equals its hash.
   */
  readBlob(hash: BlobHash, day?: BlobDay): Promise<Result<Uint8Array>>;
  /** Changes after a position, oldest first, at most `limit`. */
  changes(after: Position, limit: number): Promise<Result<readonly Version[]>>;
  /** The position of the newest committed change; 0 in an empty record. */
  position(): Promise<Position>;
  /** Resolves when there is a change after the position, or the signal aborts. */
  changed(after: Position, signal: AbortSignal): Promise<void>;
}

export interface Look {
  readonly keys: readonly Key[];
  readonly carriers: { readonly kind: Kind; readonly keys: readonly string[] };
}

export interface Sight {
  /** Of those that exist and are not deleted. */
  readonly versions: readonly Version[];
  /** Each once. */
  readonly carriers: readonly Version[];
  readonly seen: Sighting;
}

export interface Transaction {
  readonly operations: readonly Operation[];
  /** What it was decided on: see `look`. */
  readonly seen?: Sighting;
  /** Content that the operations name by its hash: durable before or with them. */
  readonly blobs?: readonly Blob[];
  /** Written in the same commit; `#access` adds these. */
  readonly audit?: readonly AuditEntry[];
  /**
   * Told inside the commit what became of the operations, it names what else that commit must hold: who did it and
   * when, about the very versions that came to be. Its own operations have no outcome. Pure: a commit that is tried
   * again asks again. `#access` gives it.
   */
  readonly attest?: (outcomes: readonly Outcome[]) => Attestation;
}

export interface Attestation {
  readonly operations: readonly Create[];
  readonly audit: readonly AuditEntry[];
}
