import { limits } from "#kernel";

export interface Strength {
  /** From 0, which is refused, to 3. */
  readonly score: 0 | 1 | 2 | 3;
  readonly words: string;
}

/** What a word out of the few thousand that people think of adds to the tries of who guesses, as a power of two. */
const bitsOfWord = 12;
/** The same of a sign that is in no word. */
const bitsOfSign = 4;
const fairBits = 36;
const strongBits = 48;

/** A hint while one types; the server decides by itself what it takes. Repetitions add nothing. */
export function passwordStrength(password: string): Strength {
  const missing = limits.passwordLengthMin - [...password].length;
  if (missing > 0)
    return { score: 0, words: `${missing} more ${missing === 1 ? "character" : "characters"} at least.` };
  const pieces = new Set(password.toLowerCase().match(/\p{L}+|[^\p{L}\s]/gu) ?? []);
  let bits = 0;
  for (const piece of pieces)
    bits += piece.length < 3 ? bitsOfSign * piece.length : Math.min(bitsOfWord, 3 * piece.length);
  if (bits < fairBits) return { score: 1, words: "Weak: add another word or two." };
  return bits < strongBits
    ? { score: 2, words: "Fair: another word makes it strong." }
    : { score: 3, words: "Strong." };
}
