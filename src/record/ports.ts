import type { Instant } from "#kernel";
import type { Blob, BlobDay, BlobHash, ListedBlob } from "./blobs/blob.ts";
import type { Action, Key, Kind, Position, Version } from "./documents/document.ts";
import type { IndexEntries } from "./documents/index-entries.ts";
import type { Unmatched } from "./documents/operation.ts";
import type { HistoryQuery, Page, Query } from "./documents/query.ts";

/** What keeps documents, their indexes, the feed and the audit. Implemented by `storage/postgres`. */
export interface DocumentStore {
  /** Does ahead of a write what only depends on the entries. It may be left out: the write does it then. */
  ready(kind: Kind, entries: IndexEntries): void;
  /**
   * One transaction under the write lock that orders all writers of all processes: reads what is asked for, lets
   * `decide` make rows of it, writes them and commits. Resolves after the commit is durable.
   * Throws what `decide` threw, or the database's error, with nothing written.
   */
  write<T>(reading: WriteReading, decide: (before: WriteBefore) => Decided<T>): Promise<T>;
  /** Appends to the audit log what records no change of a document. Durable when it resolves. */
  appendAudit(entries: readonly AuditEntry[]): Promise<void>;
  /** Reads what a write is to be decided on; it says from where, so that the write need not read it again. */
  look(question: LookQuestion): Promise<Sighting>;
  read(kind: Kind, id: string): Promise<Version | undefined>;
  readMany(keys: readonly Key[]): Promise<readonly Version[]>;
  readVersion(kind: Kind, id: string, version: number): Promise<Version | undefined>;
  history(query: HistoryQuery): Promise<Page>;
  search(query: Query): Promise<Page>;
  count(query: Query): Promise<number>;
  /** See `HealthRecord.kindsHolding`. */
  kindsHolding(kinds: readonly Kind[], key?: string): Promise<readonly Kind[]>;
  changes(after: Position, limit: number): Promise<readonly Version[]>;
  position(): Promise<Position>;
}

/** What a commit wants to know of the record. */
export interface WriteReading {
  readonly keys: readonly Key[];
  readonly matches: readonly KeyMatch[];
  readonly unmatched: readonly Unmatched[];
  /** What was seen of it before. */
  readonly seen: readonly Sighting[];
}

/** What was read of the record, and when. Only the store that made it knows how long it holds. */
export interface Sighting {
  readonly current: ReadonlyMap<string, CurrentState>;
  /** Those that were looked for, whether they exist or not; by `keyText`. */
  readonly keys: ReadonlySet<string>;
  /** What was found for each match, keyed by `matchText`. */
  readonly matching: ReadonlyMap<string, readonly Version[]>;
  /** The newest position that was certainly seen. */
  readonly since: Position;
  /** Of what the store knew of the end of the record. */
  readonly generation: number;
}

export interface LookQuestion {
  readonly keys: readonly Key[];
  readonly matches: readonly KeyMatch[];
}

/** The same, as it is under the lock. */
export interface WriteBefore {
  /** The newest committed position and its time. */
  readonly head: { readonly position: Position; readonly at: Instant };
  /** The newest state of each document that exists or existed, keyed by `keyText`. */
  readonly current: ReadonlyMap<string, CurrentState>;
  /** For each match, up to two documents that carry all its keys. */
  readonly matching: readonly (readonly Version[])[];
  /** Those of `unmatched` that something satisfies by now. */
  readonly matched: readonly Unmatched[];
}

export interface Decided<T> {
  readonly rows: WriteRows;
  readonly value: T;
}

export interface KeyMatch {
  readonly kind: Kind;
  readonly keys: readonly string[];
}

export interface CurrentState {
  readonly version: number;
  readonly position: Position;
  readonly deleted: boolean;
  readonly at: Instant;
  readonly body: string;
}

export interface WriteRows {
  /** In the order of their positions, which follow the head without a gap. */
  readonly versions: readonly VersionRow[];
  readonly blobs: readonly Blob[];
  readonly audit: readonly AuditEntry[];
}

export interface VersionRow extends Version {
  readonly action: Action;
  readonly entries: IndexEntries;
  /** The position of the version before this one; absent for the first. */
  readonly previous?: Position;
  /** The position of the stored version that this one replaces as the newest. */
  readonly replaces?: Position;
}

/** An audit event on its way into the log; `#audit` makes the body and renders it as a FHIR AuditEvent. */
export interface AuditEntry {
  readonly at: Instant;
  /** Compact JSON; its bytes enter the hash chain as they stand. */
  readonly body: string;
  /** What it is found by: `patient=Patient/1`, `agent=…`, `entity=…`, `action=R`. */
  readonly keys: readonly string[];
}

export interface SealedAuditEntry extends AuditEntry {
  /** 1, 2, 3 … without gaps. */
  readonly sequence: number;
  /** SHA-256 over the hash before it and this body, 64 hex digits. */
  readonly hash: string;
}

/** The append-only audit log. Implemented by `storage/postgres`. */
export interface AuditStore {
  search(query: AuditQuery): Promise<readonly SealedAuditEntry[]>;
  read(sequence: number): Promise<SealedAuditEntry | undefined>;
  /** All entries after a sequence number, in order, for `verify`. */
  scan(afterSequence: number, limit: number): Promise<readonly SealedAuditEntry[]>;
}

export interface AuditQuery {
  /** Every group must be met; a group is met by any of its keys. */
  readonly all: readonly (readonly string[])[];
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly beforeSequence?: number;
  /** Newest first. */
  readonly limit: number;
}

/** Immutable content by hash. */
export interface ReadableBlobs {
  /** It is looked for under the day first, where one is named, and then everywhere. */
  get(hash: BlobHash, day?: BlobDay): Promise<Uint8Array | undefined>;
  /** Everything it holds, for `verify` and `backup`. */
  list(): AsyncIterable<ListedBlob>;
}

/** Large content. Implemented by `storage/files`. */
export interface BlobStore extends ReadableBlobs {
  /** Durable when it resolves: written aside, synced, renamed, the folder synced. */
  put(blob: Blob): Promise<void>;
  /** Takes it away wherever it stands, under every day. It need not be there. Only for content that nothing names any more. */
  remove(hash: BlobHash): Promise<void>;
  readonly daily: DailyBlobs;
}

/** Small content inside the database. Implemented by `storage/postgres`. */
export interface InlineBlobStore extends ReadableBlobs {
  readonly daily: DailyBlobs;
}

/** What is kept for a time only, a day at a time. */
export interface DailyBlobs {
  /** Oldest first. */
  days(): Promise<readonly DayOfBlobs[]>;
  /**
   * Takes away all of a day at once, and with it its space on disk. False, and nothing is taken away, while a backup or
   * somebody else needs it: try again later.
   */
  drop(day: BlobDay): Promise<boolean>;
}

export interface DayOfBlobs {
  readonly day: BlobDay;
  /** On disk, indexes included. */
  readonly sizeBytes: number;
}

/** Gives documents entries of parameters that were not there when they were written. Implemented by `storage/postgres`. */
export interface IndexingStore {
  /** How many documents' newest versions lie after one position and up to another. */
  countNewest(kind: Kind, range: PositionRange): Promise<number>;
  /** Those versions, at most `limit`, in the order of their positions. */
  newest(kind: Kind, range: PositionRange, limit: number): Promise<readonly Version[]>;
  /**
   * Adds entries to those documents whose newest version this still is, and moves the cursor of a worker, both in one
   * commit. Done twice, it leaves the same.
   */
  addEntries(added: AddedEntries): Promise<void>;
}

export interface PositionRange {
  readonly after: Position;
  readonly upTo: Position;
}

export interface AddedEntries {
  readonly kind: Kind;
  readonly rows: readonly IndexedVersion[];
  /** Those that entries in rows of their own are of: what an attempt before left of them is taken away. */
  readonly parameters: readonly string[];
  readonly cursor: {
    readonly worker: string;
    readonly position: Position;
  };
}

export interface IndexedVersion {
  readonly version: Version;
  readonly entries: IndexEntries;
}

/** Where workers of the feed have got to. Implemented by `storage/postgres`. */
export interface CursorStore {
  get(worker: string): Promise<Position>;
  set(worker: string, position: Position): Promise<void>;
  park(parked: Parked): Promise<void>;
  listParked(worker: string): Promise<readonly Parked[]>;
  unpark(worker: string, position: Position): Promise<void>;
  /** True for the one process that now runs this worker, until it ends or releases. */
  claim(worker: string): Promise<boolean>;
}

export interface Parked {
  readonly worker: string;
  readonly position: Position;
  readonly attempts: number;
  readonly reason: string;
  readonly at: Instant;
}
