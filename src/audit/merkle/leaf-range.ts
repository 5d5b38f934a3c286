/** Leaves from one place (counted from 0) up to, and without, another. */
export interface LeafRange {
  readonly from: number;
  readonly to: number;
}

/** The largest power of two below a number of leaves, which must be at least 2. Source: RFC 6962 §2.1. */
export function leftLeaves(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

/** The ranges whose roots prove that a tree of `size` leaves holds a leaf, in the order of the proof. Source: RFC 6962 §2.1.1. */
export function inclusionRanges(leaf: number, size: number): readonly LeafRange[] {
  return path(leaf, { from: 0, to: size });
}

function path(leaf: number, { from, to }: LeafRange): readonly LeafRange[] {
  if (to - from <= 1) return [];
  const middle = from + leftLeaves(to - from);
  return leaf < middle
    ? [...path(leaf, { from, to: middle }), { from: middle, to }]
    : [...path(leaf, { from: middle, to }), { from, to: middle }];
}

/** The ranges whose roots prove that a tree of `size` leaves begins with one of `earlier`, in order. Source: RFC 6962 §2.1.2. */
export function consistencyRanges(earlier: number, size: number): readonly LeafRange[] {
  if (earlier <= 0 || earlier >= size) return [];
  return subproof(earlier, { from: 0, to: size }, true);
}

/** `isKnown`: the earlier tree is this very subtree, whose root whoever checks the proof has. */
function subproof(earlier: number, range: LeafRange, isKnown: boolean): readonly LeafRange[] {
  const { from, to } = range;
  if (earlier === to) return isKnown ? [] : [range];
  const middle = from + leftLeaves(to - from);
  return earlier <= middle
    ? [...subproof(earlier, { from, to: middle }, isKnown), { from: middle, to }]
    : [...subproof(earlier, { from: middle, to }, false), { from, to: middle }];
}
