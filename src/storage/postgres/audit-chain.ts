import type { AuditEntry } from "#record";
import type { Database } from "./database.ts";
import { bigintArray, documentKey } from "./index-key.ts";
import { joined, separator } from "./joined-texts.ts";

/** The next hash of the audit chain. Comes from `#audit`, through the composition root. */
export type Seal = (previousHash: Uint8Array, body: string) => Uint8Array;

/** The newest entry of the log: what the next one is chained to. */
export interface AuditTail {
  readonly sequence: number;
  readonly hash: Uint8Array;
}

export interface Chained {
  readonly entries: readonly AuditEntry[];
  readonly firstSequence: number;
  readonly hashes: readonly Uint8Array[];
  /** The log's end once these are written. */
  readonly tail: AuditTail;
}

export function chainOf(tail: AuditTail, entries: readonly AuditEntry[], seal: Seal): Chained {
  const hashes: Uint8Array[] = [];
  let previous = tail.hash;
  for (const entry of entries) {
    previous = seal(previous, entry.body);
    hashes.push(previous);
  }
  const sequence = tail.sequence + entries.length;
  return { entries, firstSequence: tail.sequence + 1, hashes, tail: { sequence, hash: previous } };
}

/** The entries as a table: sequence, at_ms, body, hash, keys. */
export function auditRows(sql: Database, { entries, firstSequence, hashes }: Chained) {
  const keys = entries.map((entry) => bigintArray(new Set(entry.keys.map((key) => documentKey("AuditEvent", key)))));
  return sql`(
    select sequence, at_ms, body, decode(hash, 'hex') as hash, keys::bigint[] as keys from unnest(
      ${entries.map((_, index) => firstSequence + index)}::bigint[], ${entries.map((entry) => entry.at)}::bigint[],
      string_to_array(${joined(entries.map((entry) => entry.body))}::text, ${separator}),
      string_to_array(${joined(hashes.map((hash) => Buffer.from(hash).toString("hex")))}::text, ${separator}),
      string_to_array(${joined(keys)}::text, ${separator})) as row (sequence, at_ms, body, hash, keys)
  ) as chained`;
}
