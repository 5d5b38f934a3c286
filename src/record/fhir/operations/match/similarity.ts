/**
 * How many letters must be put in, left out, replaced or exchanged with their neighbour to make one text of the other;
 * `Infinity` above `max`.
 */
export function editDistance(one: string, other: string, max: number): number {
  if (Math.abs(one.length - other.length) > max) return Number.POSITIVE_INFINITY;
  let beforeLast: readonly number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1];
      let least = Math.min(at(last, column) + 1, at(next, column - 1) + 1, at(last, column - 1) + (isSame ? 0 : 1));
      const isExchanged = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (isExchanged && row > 1 && column > 1) least = Math.min(least, at(beforeLast, column - 2) + 1);
      next.push(least);
    }
    if (Math.min(...next) > max) return Number.POSITIVE_INFINITY;
    beforeLast = last;
    last = next;
  }
  const distance = at(last, other.length);
  return distance > max ? Number.POSITIVE_INFINITY : distance;
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}

/** Spellings of one sound, in the order in which they are read. */
const sounds: readonly (readonly [RegExp, string])[] = [
  [/[^a-z]/g, ""],
  [/^(kn|gn|pn)/, "n"],
  [/^wr/, "r"],
  [/^mac/, "mc"],
  [/ph/g, "f"],
  [/gh(?=[^aeiouy]|$)/g, ""],
  [/sch|sh|tch|ch|cz/g, "s"],
  [/th/g, "t"],
  [/c(?=[eiy])/g, "s"],
  [/ck|[cqk]/g, "k"],
  [/x/g, "ks"],
  [/z/g, "s"],
  [/dg|j/g, "g"],
  [/v/g, "f"],
  [/[hw]/g, ""],
  [/(.)\1+/g, "$1"],
  [/^[aeiouy]+/, "a"],
  [/(?<=.)[aeiouy]/g, ""],
  [/(.)\1+/g, "$1"],
];

/** What is left of a name in lower case when it is heard: `sfn` of Stephen and of Steven alike. Empty where it has no letters of a to z. */
export function soundOf(name: string): string {
  return sounds.reduce((text, [spelling, sound]) => text.replace(spelling, sound), name);
}

/** Whether two names may be one, written down by ear or with a slip: one letter in a short name, two in a long one. */
export function isAlike(one: string, other: string): boolean {
  const shorter = Math.min(one.length, other.length);
  if (shorter < 3) return false;
  if (editDistance(one, other, shorter >= 8 ? 2 : 1) !== Number.POSITIVE_INFINITY) return true;
  const sound = soundOf(one);
  return sound.length > 1 && sound === soundOf(other);
}
