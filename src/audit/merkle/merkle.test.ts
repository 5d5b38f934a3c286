/** RFC 6962 §2.1, with the leaves, roots and proofs that the reference implementations of Certificate Transparency test. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { AuditTreeStore } from "#record";
import { checkConsistency, checkInclusion } from "./check-proof.ts";
import { GrowingTree, rootOfLeaves } from "./growing-tree.ts";
import { consistencyRanges, inclusionRanges, type LeafRange } from "./leaf-range.ts";
import { rangeRoot } from "./range-root.ts";
import { storeCompleteNodes } from "./store-nodes.ts";
import { emptyRoot, leafHash } from "./tree-hash.ts";

const hex = (text: string) => Uint8Array.from(Buffer.from(text, "hex"));
const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

const leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"].map(
  (text) => leafHash(hex(text)),
);

const roots = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

const inclusions: readonly (readonly [leaf: number, size: number, proof: readonly string[]])[] = [
  [0, 1, []],
  [
    0,
    8,
    [
      "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
  ],
  [
    5,
    8,
    [
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
  ],
  [2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]],
];

const consistencies: readonly (readonly [earlier: number, later: number, proof: readonly string[]])[] = [
  [1, 1, []],
  [
    1,
    8,
    [
      "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
  ],
  [
    6,
    8,
    [
      "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
  ],
];

const rootOf = ({ from, to }: LeafRange) => rootOfLeaves(leaves.slice(from, to));

describe("a Merkle tree of RFC 6962", () => {
  it("has the published roots", () => {
    assert.equal(toHex(emptyRoot), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    const tree = new GrowingTree();
    for (const [index, leaf] of leaves.entries()) {
      tree.append(leaf);
      assert.deepEqual([tree.size, toHex(tree.root())], [index + 1, roots[index]]);
    }
  });

  it("has the published proofs of inclusion", () => {
    for (const [leaf, size, proof] of inclusions) {
      assert.deepEqual(inclusionRanges(leaf, size).map(rootOf).map(toHex), proof, `${leaf} in ${size}`);
    }
  });

  it("has the published proofs of consistency", () => {
    for (const [earlier, later, proof] of consistencies) {
      assert.deepEqual(consistencyRanges(earlier, later).map(rootOf).map(toHex), proof, `${earlier} to ${later}`);
    }
  });

  it("accepts each right proof, and none with anything in it changed", () => {
    const big = Array.from({ length: 70 }, (_, index) => leafHash(Uint8Array.of(index)));
    const bigRoot = ({ from, to }: LeafRange) => rootOfLeaves(big.slice(from, to));
    for (let size = 1; size <= big.length; size += 1) {
      for (let at = 0; at < size; at += 1) {
        const root = bigRoot({ from: 0, to: size });
        const proof = inclusionRanges(at, size).map(bigRoot);
        const claim = { leafHash: big[at]!, leaf: at, size, root, proof };
        assert.ok(checkInclusion(claim), `${at} in ${size}`);
        assert.ok(!checkInclusion({ ...claim, leafHash: emptyRoot }));
        assert.ok(!checkInclusion({ ...claim, proof: [...proof, emptyRoot] }));
        if (at + 1 < size) assert.ok(!checkInclusion({ ...claim, leaf: at + 1 }));
        const earlier = { size: at + 1, root: bigRoot({ from: 0, to: at + 1 }) };
        const way = consistencyRanges(at + 1, size).map(bigRoot);
        const consistent = { earlier, later: { size, root }, proof: way };
        assert.ok(checkConsistency(consistent), `${at + 1} to ${size}`);
        assert.ok(!checkConsistency({ ...consistent, earlier: { ...earlier, root: emptyRoot } }));
        assert.ok(!checkConsistency({ ...consistent, proof: [...way, emptyRoot] }));
      }
    }
  });
});

/** What the database keeps, in memory. */
function treeOf(hashes: readonly Uint8Array[]): AuditTreeStore & { readonly stored: Map<number, Uint8Array[]> } {
  const stored = new Map<number, Uint8Array[]>();
  return {
    stored,
    size: async () => hashes.length,
    entryHashes: async (from, count) => hashes.slice(from, from + count),
    nodeCount: async (level) => stored.get(level)?.length ?? 0,
    nodes: async (level, from, count) => (stored.get(level) ?? []).slice(from, from + count),
    addNodes: async (level, from, nodes) => {
      const known = stored.get(level) ?? [];
      for (const [index, node] of nodes.entries()) known[from + index] ??= node;
      stored.set(level, known);
    },
  };
}

describe("the tree over a log, of which some nodes are stored", () => {
  const entries = Array.from({ length: 70_000 }, (_, index) => leafHash(Buffer.from(`entry ${index}`)));

  it("stores one node for 256 of what is below", async () => {
    const store = treeOf(entries);
    await storeCompleteNodes(store, 65_535);
    assert.deepEqual([store.stored.get(8)?.length, store.stored.get(16)?.length], [255, undefined]);
    await storeCompleteNodes(store, entries.length);
    assert.deepEqual([store.stored.get(8)?.length, store.stored.get(16)?.length], [273, 1]);
  });

  it("gives the root of any range that a proof asks for, as if it had been computed from the leaves", async () => {
    const store = treeOf(entries);
    await storeCompleteNodes(store, entries.length);
    const leafHashes = entries.map(leafHash);
    const root = await rangeRoot(store, { from: 0, to: entries.length });
    assert.equal(toHex(root), toHex(rootOfLeaves(leafHashes)));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: entries.length }), fc.nat(), async (size, nat) => {
        const leaf = nat % size;
        const sized = await rangeRoot(store, { from: 0, to: size });
        const proof = await Promise.all(inclusionRanges(leaf, size).map((range) => rangeRoot(store, range)));
        assert.ok(checkInclusion({ leafHash: leafHashes[leaf]!, leaf, size, root: sized, proof }));
        const way = await Promise.all(consistencyRanges(size, entries.length).map((range) => rangeRoot(store, range)));
        const later = { size: entries.length, root };
        assert.ok(checkConsistency({ earlier: { size, root: sized }, later, proof: way }));
      }),
      { numRuns: 30 },
    );
  });
});
