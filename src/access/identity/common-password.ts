import { commonPasswords } from "./common-passwords.ts";

/** Signs that people put in the place of letters. */
const lettersOf: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
  "!": "i",
};

/** Rows of keys, letters and digits that fingers run along, forwards and backwards. */
const rows = ["qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz", "01234567890123456789"];
const walks = rows.flatMap((row) => [row, [...row].reverse().join("")]);
/** Shorter runs stand in words. */
const walkMin = 4;

/**
 * Whether a password, in lower case, is among those that are tried first: a common one, with letters written as signs or
 * digits, with others around it; two such words one behind the other; runs of keys and few signs over and over. From some
 * two hundred words these are tens of thousands, which no list of them would hold.
 */
export function isCommonPassword(plain: string): boolean {
  if (new Set(plain).size < 4 || isRepeated(plain) || commonPasswords.has(plain)) return true;
  const begun = plain.replace(/[^\p{L}]+$/u, "");
  const texts = [plain, lettered(begun), lettered(begun.replace(/^[^\p{L}]+/u, ""))];
  return texts.some((text) => isOfFewWords(text.replace(/[^\p{L}]+/gu, "")) || isWalked(text));
}

function lettered(plain: string): string {
  return [...plain].map((sign) => lettersOf[sign] ?? sign).join("");
}

/** One piece again and again: `Abc9Abc9Abc9`. */
function isRepeated(plain: string): boolean {
  return /^(.{1,8}?)\1{2,}$/u.test(plain);
}

function isOfFewWords(letters: string): boolean {
  if (letters === "" || commonPasswords.has(letters)) return letters !== "";
  for (let at = 1; at < letters.length; at += 1) {
    if (commonPasswords.has(letters.slice(0, at)) && commonPasswords.has(letters.slice(at))) return true;
  }
  return false;
}

/** Whether hardly anything is left once the runs are taken away. */
function isWalked(text: string): boolean {
  let left = 0;
  for (let at = 0; at < text.length; ) {
    const length = walkAt(text, at);
    if (length < walkMin) left += 1;
    at += length < walkMin ? 1 : length;
  }
  return left < text.length / 4;
}

function walkAt(text: string, at: number): number {
  let length = walkMin;
  while (at + length <= text.length && walks.some((walk) => walk.includes(text.slice(at, at + length)))) length += 1;
  return length - 1;
}
