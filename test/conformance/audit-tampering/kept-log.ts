import { GrowingTree, genesisHash, type KeptCheckpoints, leafHash, noteSigner, seal, signCheckpoint } from "#audit";
import { instant } from "#kernel";
import type { AuditStretches } from "#record";
import { madeEntry } from "../../../bench/audit/made-log.ts";

/** An entry as it lies in the database. */
export interface LyingEntry {
  readonly sequence: number;
  readonly at: number;
  readonly body: string;
  readonly hash: Uint8Array;
}

export const signer = noteSigner("corridor/audit", new Uint8Array(32).fill(7));

/** A log of so many entries as Corridor writes it. */
export function wholeLog(length: number): readonly LyingEntry[] {
  const entries = Array.from({ length }, (_, index) => madeEntry(index));
  return sealed(entries.map(({ at, body }, index) => ({ sequence: index + 1, at, body })));
}

/** The same words, sealed from the first on, as somebody does who wants a forgery to look whole. */
export function sealed(entries: readonly Omit<LyingEntry, "hash">[]): readonly LyingEntry[] {
  let hash = genesisHash;
  return entries.map((entry) => {
    hash = seal(hash, entry.body);
    return { ...entry, hash };
  });
}

/** What was kept elsewhere of a log: a checkpoint at each of these sizes, and the hashes up to the last. */
export function keptOf(log: readonly LyingEntry[], sizes: readonly number[], hasHashes: boolean): KeptCheckpoints {
  const tree = new GrowingTree();
  const notes: string[] = [];
  for (const { hash, at, sequence } of log) {
    tree.append(leafHash(hash));
    if (!sizes.includes(sequence)) continue;
    const checkpoint = { origin: signer.name, size: sequence, root: tree.root(), at: instant(at) };
    notes.push(signCheckpoint(checkpoint, signer));
  }
  const hashes = hasHashes ? Buffer.concat(log.slice(0, Math.max(...sizes)).map(({ hash }) => hash)) : Buffer.alloc(0);
  return {
    place: "elsewhere",
    append: async () => {},
    notes: async () => notes,
    hashCount: async () => hashes.length / 32,
    hashes: async (from, count) => hashes.subarray(from * 32, (from + count) * 32),
    appendHashes: async () => {},
  };
}

/** A log in memory, as `verifyLog` reads it. */
export function stretchesOf(log: readonly LyingEntry[]): Pick<AuditStretches, "stretch"> {
  return {
    stretch: async (after, limit) => {
      const those = log.filter(({ sequence }) => sequence > after).slice(0, limit);
      return {
        sequences: those.map(({ sequence }) => sequence),
        ats: those.map(({ at }) => at),
        bodies: those.map(({ body }) => body),
        hashes: Buffer.concat(those.map(({ hash }) => hash)),
      };
    },
  };
}
