import type { AuditTreeStore } from "#record";
import { inclusionRanges } from "./leaf-range.ts";
import { rangeRoot } from "./range-root.ts";

/** That an entry is in a log: its hash is the leaf, and with the proof it gives the root of a checkpoint. */
export interface EntryProof {
  readonly sequence: number;
  /** What the checkpoint speaks of. */
  readonly size: number;
  readonly root: Uint8Array;
  /** Of the entry before it, which is sealed together with its body. */
  readonly previousHash: Uint8Array;
  readonly hash: Uint8Array;
  /** From the leaf upwards. Source: RFC 6962 §2.1.1. */
  readonly proof: readonly Uint8Array[];
}

const genesis = new Uint8Array(32);

/** Of an entry that the log has, in a log of so many entries, which must be `sequence` at least. */
export async function proveEntry(store: AuditTreeStore, sequence: number, size: number): Promise<EntryProof> {
  const leaf = sequence - 1;
  const [around, root, proof] = await Promise.all([
    store.entryHashes(Math.max(0, leaf - 1), leaf === 0 ? 1 : 2),
    rangeRoot(store, { from: 0, to: size }),
    Promise.all(inclusionRanges(leaf, size).map((range) => rangeRoot(store, range))),
  ]);
  const hash = around.at(-1) ?? genesis;
  const previousHash = leaf === 0 ? genesis : (around[0] ?? genesis);
  return { sequence, size, root, previousHash, hash, proof };
}
