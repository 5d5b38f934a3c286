import { emptyRoot, nodeHash } from "./tree-hash.ts";

/** A Merkle tree that is only appended to: it remembers one hash a level. Source: RFC 6962 §2.1. */
export class GrowingTree {
  #size = 0;
  /** At each level, the root of the complete subtree that still waits for its right neighbour. */
  readonly #waiting: (Uint8Array | undefined)[] = [];

  get size(): number {
    return this.#size;
  }

  append(leafHash: Uint8Array): void {
    let node = leafHash;
    let level = 0;
    for (; this.#waiting[level] !== undefined; level++) {
      node = nodeHash(this.#waiting[level] as Uint8Array, node);
      this.#waiting[level] = undefined;
    }
    this.#waiting[level] = node;
    this.#size += 1;
  }

  /** Of the leaves so far, 32 bytes. */
  root(): Uint8Array {
    let root: Uint8Array | undefined;
    for (const node of this.#waiting) {
      if (node !== undefined) root = root === undefined ? node : nodeHash(node, root);
    }
    return root ?? emptyRoot;
  }
}

/** The root over so many leaf hashes. */
export function rootOfLeaves(leafHashes: readonly Uint8Array[]): Uint8Array {
  const tree = new GrowingTree();
  for (const leaf of leafHashes) tree.append(leaf);
  return tree.root();
}
