import type { SealedAuditEntry } from "./ports.ts";

/**
 * The nodes of the Merkle tree over the audit log. Those stored follow from the entries and only save time. Places are
 * counted from 0: the entry with the sequence number 1 is at place 0. Implemented by `storage/postgres`.
 */
export interface AuditTreeStore {
  /** How many entries the log has. */
  size(): Promise<number>;
  /** The hashes of the entries as they were sealed, in order; fewer where the log ends, or an entry is missing. */
  entryHashes(from: number, count: number): Promise<readonly Uint8Array[]>;
  /** How many nodes of a level are stored. */
  nodeCount(level: number): Promise<number>;
  nodes(level: number, from: number, count: number): Promise<readonly Uint8Array[]>;
  /** Nodes that are stored already are left as they are. */
  addNodes(level: number, from: number, hashes: readonly Uint8Array[]): Promise<void>;
}

/** The log in large pieces, for whoever reads all of it. Implemented by `storage/postgres`. */
export interface AuditStretches {
  /** At most `limit` entries after a sequence number, in order; none of them where the log ends. */
  stretch(afterSequence: number, limit: number): Promise<AuditStretch>;
  /** Those entries after a sequence number, up to another, whose body holds a text; in order. */
  containing(range: SequenceRange, text: string): Promise<readonly SealedAuditEntry[]>;
}

export interface SequenceRange {
  readonly after: number;
  readonly upTo: number;
}

/** Entries side by side, column by column. */
export interface AuditStretch {
  readonly sequences: readonly number[];
  /** Epoch milliseconds. */
  readonly ats: readonly number[];
  readonly bodies: readonly string[];
  /** One behind the other, 32 bytes each. */
  readonly hashes: Uint8Array;
}
