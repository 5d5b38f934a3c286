import type { AuditTreeStore } from "#record";
import { foldedRoot, storedLevelStep } from "./range-root.ts";
import { leafHash } from "./tree-hash.ts";

const nodeLeaves = 2 ** storedLevelStep;

/** Stored in one go: a quarter of a million entries. */
const nodesAtOnce = 1_024;

/**
 * Stores the nodes that are complete by now, of which each stands for 256 entries, or for 256 nodes of the level below.
 * They are what a proof is made of quickly; all of them follow from the entries. Twice at once does no harm.
 */
export async function storeCompleteNodes(store: AuditTreeStore, size: number): Promise<void> {
  let below = size;
  for (let level = storedLevelStep; below >= nodeLeaves; level += storedLevelStep) {
    const complete = Math.floor(below / nodeLeaves);
    for (let from = await store.nodeCount(level); from < complete; ) {
      const count = Math.min(nodesAtOnce, complete - from);
      await store.addNodes(level, from, await nodesAbove(store, { level, from, count }));
      from += count;
    }
    below = complete;
  }
}

async function nodesAbove(store: AuditTreeStore, asked: { level: number; from: number; count: number }) {
  const { level, from, count } = asked;
  const [first, children] = [from * nodeLeaves, count * nodeLeaves];
  const isLowest = level === storedLevelStep;
  const below = isLowest
    ? (await store.entryHashes(first, children)).map(leafHash)
    : await store.nodes(level - storedLevelStep, first, children);
  return Array.from({ length: count }, (_, index) =>
    foldedRoot(below.slice(index * nodeLeaves, (index + 1) * nodeLeaves)),
  );
}
