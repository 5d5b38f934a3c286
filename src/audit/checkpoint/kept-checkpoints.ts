/**
 * A place outside the database where checkpoints are kept, and beside them the hash of every entry up to the newest, so that
 * what was changed can be named, not only noticed. Implemented by `storage/files`.
 */
export interface KeptCheckpoints {
  /** Where that is, for people. */
  readonly place: string;
  /** Adds a note behind those that are there. Durable when it resolves. */
  append(note: string): Promise<void>;
  /** All of them, oldest first. */
  notes(): Promise<readonly string[]>;
  /** How many hashes are kept. */
  hashCount(): Promise<number>;
  /** From a place (counted from 0) on, 32 bytes each; fewer where they end. */
  hashes(from: number, count: number): Promise<Uint8Array>;
  /** Behind those that are there. Durable when it resolves. */
  appendHashes(hashes: readonly Uint8Array[]): Promise<void>;
}
