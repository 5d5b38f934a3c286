const mark = /\p{M}/gu;
const notWord = /[^\p{L}\p{N}]+/gu;

/** The words of a text for finding it: lower case, without accents. */
export function wordsOf(text: string): readonly string[] {
  const plain = text.normalize("NFKD").replace(mark, "").toLowerCase();
  return plain.split(notWord).filter((word) => word !== "");
}

/** Words in one text, each behind a blank, so that the beginning of a word is found by one look. */
export function searchText(texts: readonly (string | undefined)[]): string {
  return ` ${texts.flatMap((text) => wordsOf(text ?? "")).join(" ")}`;
}

/** Whether each word is the beginning of one of those in the text. */
export function hasWords(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(` ${word}`));
}
