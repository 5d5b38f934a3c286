import { nodeHash } from "./tree-hash.ts";

export interface InclusionClaim {
  readonly leafHash: Uint8Array;
  /** Its place, counted from 0. */
  readonly leaf: number;
  readonly size: number;
  readonly root: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** Whether a tree of this root holds the leaf at this place. Source: RFC 9162 §2.1.3.2. */
export function checkInclusion({ leafHash, leaf, size, root, proof }: InclusionClaim): boolean {
  if (leaf < 0 || leaf >= size) return false;
  let place = leaf;
  let last = size - 1;
  let node = leafHash;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      node = nodeHash(sibling, node);
      while (place % 2 === 0 && place !== 0) [place, last] = [half(place), half(last)];
    } else {
      node = nodeHash(node, sibling);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && isSame(node, root);
}

export interface ConsistencyClaim {
  readonly earlier: { readonly size: number; readonly root: Uint8Array };
  readonly later: { readonly size: number; readonly root: Uint8Array };
  readonly proof: readonly Uint8Array[];
}

/** Whether the later tree begins with all leaves of the earlier one. Source: RFC 9162 §2.1.4.2. */
export function checkConsistency({ earlier, later, proof }: ConsistencyClaim): boolean {
  if (earlier.size > later.size) return false;
  if (earlier.size === 0) return proof.length === 0;
  if (earlier.size === later.size) return proof.length === 0 && isSame(earlier.root, later.root);
  const path = isPowerOfTwo(earlier.size) ? [earlier.root, ...proof] : [...proof];
  let place = earlier.size - 1;
  let last = later.size - 1;
  while (place % 2 === 1) [place, last] = [half(place), half(last)];
  const [seed, ...siblings] = path;
  if (seed === undefined) return false;
  let [first, second] = [seed, seed];
  for (const sibling of siblings) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      first = nodeHash(sibling, first);
      second = nodeHash(sibling, second);
      while (place % 2 === 0 && place !== 0) [place, last] = [half(place), half(last)];
    } else {
      second = nodeHash(second, sibling);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && isSame(first, earlier.root) && isSame(second, later.root);
}

function half(number: number): number {
  return Math.floor(number / 2);
}

function isPowerOfTwo(number: number): boolean {
  return Number.isInteger(Math.log2(number));
}

function isSame(one: Uint8Array, another: Uint8Array): boolean {
  return Buffer.compare(one, another) === 0;
}
