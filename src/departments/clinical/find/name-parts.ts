import { normaliseText, type Patient } from "#standards/fhir";

/** Letters from which on a part of a name is looked for inside names: fewer are inside too many. */
const partLettersMin = 3;

/** Words that are looked for inside names: what a search by them finds is to be looked at with `hasNameParts`. */
export function wordsInside(words: readonly string[]): readonly string[] {
  return words.filter((word) => word.length >= partLettersMin);
}

/** Whether each word begins a part of a name: `brandt` of `Müller-Brandt`, `connor` and `oconnor` of `O'Connor`. */
export function hasNameParts({ name = [] }: Patient, words: readonly string[]): boolean {
  const texts = name.flatMap(({ text, family, given = [] }) => [text, family, ...given]);
  const parts = texts.flatMap((each) => (each === undefined ? [] : partsOf(normaliseText(each))));
  return words.every((word) => parts.some((part) => part.startsWith(word)));
}

function partsOf(name: string): readonly string[] {
  const words = name.split(/[\s-]+/);
  return [name, ...words, ...words.flatMap((word) => [word.replaceAll("'", ""), ...word.split("'")])];
}

/** A beginning of a name as it may have been recorded: with or without an apostrophe, with hyphens or spaces. */
export function nameSpellings(beginning: string): readonly string[] {
  const apostrophe = /^[a-z]{3,}/.test(beginning) ? [`${beginning[0]}'${beginning.slice(1)}`] : [];
  return [
    ...new Set([
      beginning,
      beginning.replaceAll("'", ""),
      beginning.replaceAll("-", " "),
      beginning.replaceAll(" ", "-"),
      ...apostrophe,
    ]),
  ];
}
