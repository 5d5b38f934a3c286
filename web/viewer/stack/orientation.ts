import type { Vector } from "./vector.ts";

const letters = [
  ["L", "R"],
  ["P", "A"],
  ["H", "F"],
] as const;

const opposites: Readonly<Record<string, string>> = { L: "R", R: "L", P: "A", A: "P", H: "F", F: "H" };

export function oppositeLetters(letters: string): string {
  return [...letters].map((letter) => opposites[letter] ?? "").join("");
}

/** Where a direction leads in the patient: `L`, or `LP` for one that lies between. Source: PS3.3 C.7.6.1.1.1. */
export function directionLetters(direction: Vector): string {
  return [0, 1, 2]
    .map((axis) => ({ axis, part: direction[axis as 0 | 1 | 2] }))
    .filter(({ part }) => Math.abs(part) > 0.25)
    .toSorted((one, other) => Math.abs(other.part) - Math.abs(one.part))
    .slice(0, 2)
    .map(({ axis, part }) => letters[axis as 0 | 1 | 2][part > 0 ? 0 : 1])
    .join("");
}
