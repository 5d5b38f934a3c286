/** Letters that are no base letter with a mark, so that decomposing them does not help. */
const folded: ReadonlyMap<string, string> = new Map([
  ["æ", "ae"],
  ["œ", "oe"],
  ["ø", "o"],
  ["ł", "l"],
  ["đ", "d"],
  ["ð", "d"],
  ["þ", "th"],
  ["ß", "ss"],
  ["ı", "i"],
  ["’", "'"],
]);

/**
 * Text as string searches compare it: lower case, without accents, compatible forms made one (NFKD), white space as single
 * spaces, none at the ends. `Élodie  SØRENSEN` becomes `elodie sorensen`. Source: FHIR R4 §3.1.1.4.8 (string).
 */
export function normaliseText(text: string): string {
  const decomposed = text
    .normalize("NFKD")
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "");
  const plain = decomposed.replace(/[æœøłđðþßı’]/g, (letter) => folded.get(letter) ?? letter);
  return plain.replace(/\s+/g, " ").trim();
}

/**
 * The parts between separators that no backslash stands before; backslashes stay, for a further split.
 * Source: FHIR R4 §3.1.1.4.0.2 (escaping search parameters).
 */
export function splitEscaped(text: string, separator: "," | "|" | "$"): readonly string[] {
  if (!text.includes("\\")) return text.split(separator);
  const parts: string[] = [];
  let part = "";
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? "";
    if (char === "\\" && at + 1 < text.length) {
      part += char + text[at + 1];
      at += 1;
    } else if (char === separator) {
      parts.push(part);
      part = "";
    } else part += char;
  }
  return [...parts, part];
}

/** `\,` `\|` `\$` and `\\` as the characters they stand for; any other backslash stays. */
export function unescaped(text: string): string {
  return text.replace(/\\([,|$\\])/g, "$1");
}
