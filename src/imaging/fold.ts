import { personNameOf } from "#standards/dicom";

/** A text as it is compared: without case, accents and width, blanks as one. */
export function fold(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text.toLowerCase().replace(/ +/g, " ").trim();
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replace(/\s+/g, " ")
    .trim()
    .normalize("NFC");
}

/** A name is found by each way of writing it, from its beginning, and by each of its words. */
export interface NameText {
  readonly isWord: boolean;
  readonly text: string;
}

/** Of the alphabetic, ideographic and phonetic groups of a PN. Source: PS3.5 §6.2.1; PS3.4 §C.2.2.2.1. */
export function nameTexts(name: string): readonly NameText[] {
  const { alphabetic, ideographic, phonetic } = personNameOf(name);
  const groups = [alphabetic, ideographic, phonetic].map(foldGroup).filter((group) => group !== "");
  const words = new Set(groups.flatMap((group) => group.split(/[\^ ,.-]+/)).filter((word) => word !== ""));
  return [
    ...[...new Set(groups)].map((text) => ({ isWord: false, text })),
    ...[...words].map((text) => ({ isWord: true, text })),
  ];
}

/** Components that are empty at the end do not count. */
export function foldGroup(group: string): string {
  return fold(group)
    .split("^")
    .map((part) => part.trim())
    .join("^")
    .replace(/\^+$/, "");
}
