/** One way of writing a name. Source: PS3.5 §6.2.1. */
export interface NameGroup {
  readonly family: string;
  readonly given: string;
  readonly middle: string;
  readonly prefix: string;
  readonly suffix: string;
}

export interface PersonName {
  readonly alphabetic: string;
  readonly ideographic: string;
  readonly phonetic: string;
}

/** The three groups of a PN as they stand; those that are not there are empty. */
export function personNameOf(text: string): PersonName {
  const [alphabetic = "", ideographic = "", phonetic = ""] = text.split("=");
  return { alphabetic, ideographic, phonetic };
}

/** `Yamada^Tarou^^Dr` */
export function nameGroupOf(group: string): NameGroup {
  const [family = "", given = "", middle = "", prefix = "", suffix = ""] = group.split("^").map((part) => part.trim());
  return { family, given, middle, prefix, suffix };
}

/** A PN without what is empty at its end. */
export function personNameText({ alphabetic, ideographic, phonetic }: PersonName): string {
  return [alphabetic, ideographic, phonetic].join("=").replace(/=+$/, "");
}
