import type { AuditTreeStore } from "#record";
import type { LeafRange } from "./leaf-range.ts";
import { emptyRoot, leafHash, nodeHash } from "./tree-hash.ts";

/** Levels between those that are stored: a stored node stands for 256 of the stored level below. */
export const storedLevelStep = 8;

/**
 * The root over a range of leaves, such as a proof asks for: of complete subtrees, read from the highest stored nodes that
 * make them up. At most 128 nodes are read for each. Throws where the log does not reach so far.
 */
export async function rangeRoot(store: AuditTreeStore, { from, to }: LeafRange): Promise<Uint8Array> {
  const subtrees = await Promise.all(completeSubtrees({ from, to }).map((subtree) => subtreeRoot(store, subtree)));
  let root: Uint8Array | undefined;
  for (const subtree of subtrees.toReversed()) root = root === undefined ? subtree : nodeHash(subtree, root);
  return root ?? emptyRoot;
}

interface Subtree {
  /** Of the 2^level leaves from place * 2^level on. */
  readonly level: number;
  readonly place: number;
}

/** From left to right, each as large as the tree has it. `from` is where a subtree of the tree begins. */
function completeSubtrees({ from, to }: LeafRange): readonly Subtree[] {
  const subtrees: Subtree[] = [];
  for (let at = from; at < to; ) {
    let [size, level] = [1, 0];
    while (at % (size * 2) === 0 && at + size * 2 <= to) [size, level] = [size * 2, level + 1];
    subtrees.push({ level, place: at / size });
    at += size;
  }
  return subtrees;
}

async function subtreeRoot(store: AuditTreeStore, { level, place }: Subtree): Promise<Uint8Array> {
  const stored = level - (level % storedLevelStep);
  const count = 2 ** (level - stored);
  const nodes = await storedNodes(store, { level: stored, from: place * count, count });
  return foldedRoot(nodes);
}

async function storedNodes(store: AuditTreeStore, asked: { level: number; from: number; count: number }) {
  const { level, from, count } = asked;
  const hashes = level === 0 ? await store.entryHashes(from, count) : await store.nodes(level, from, count);
  if (hashes.length !== count) throw new RangeError(`the audit log's tree ends before ${from + count} at ${level}`);
  return level === 0 ? hashes.map(leafHash) : hashes;
}

/** The root over a power of two of nodes of one level. */
export function foldedRoot(nodes: readonly Uint8Array[]): Uint8Array {
  let level = nodes;
  while (level.length > 1) {
    const above: Uint8Array[] = [];
    for (let at = 0; at + 1 < level.length; at += 2)
      above.push(nodeHash(level[at] as Uint8Array, level[at + 1] as Uint8Array));
    level = above;
  }
  return level[0] ?? emptyRoot;
}
