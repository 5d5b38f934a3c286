/** Chance that can be repeated: the same seed gives the same numbers, on every machine. */
export interface Random {
  /** From 0 up to, but not including, 1. */
  next(): number;
  /** True in this share of the calls, from 0 to 1. */
  chance(share: number): boolean;
  /** From `low` up to, but not including, `high`. */
  between(low: number, high: number): number;
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number;
  pick<T>(choices: readonly [T, ...T[]] | readonly T[]): T;
  /** Of the standard normal distribution, cut at three standard deviations. */
  normal(): number;
}

/** Source: the public-domain generator Mulberry32, 32 bits of state. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number) => low + next() * (high - low);
  return {
    next,
    between,
    chance: (share) => next() < share,
    whole: (low, high) => Math.floor(between(low, high + 1)),
    pick: (choices) => {
      const picked = choices[Math.floor(next() * choices.length)];
      if (picked === undefined) throw new Error("there is nothing to pick from");
      return picked;
    },
    normal: () => {
      const sum = Array.from({ length: 12 }, next).reduce((total, each) => total + each, -6);
      return Math.max(-3, Math.min(3, sum));
    },
  };
}

/** A seed for a part of the whole, so that one part may grow without changing the others: `seedOf(1, "K", 42)`. */
export function seedOf(...parts: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const character of parts.join("|")) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
}
