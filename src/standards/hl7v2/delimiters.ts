import { incorrect, type Problem } from "#kernel";
import type { Charset } from "./charset.ts";

/**
 * The characters that divide a message into values, as MSH-1 and MSH-2 declare them. A character the message does
 * not declare is the empty string: nothing is divided or escaped by it.
 * Source: HL7 v2.5.1 §2.5.4 (delimiters); v2.7 §2.5.5 (truncation).
 */
export interface Delimiters {
  readonly field: string;
  readonly component: string;
  readonly repetition: string;
  readonly escape: string;
  readonly subcomponent: string;
  /** Marks a value cut short, from v2.7 on. */
  readonly truncation: string;
}

/** What it takes to read the values of a message. */
export interface Encoding {
  readonly delimiters: Delimiters;
  /** For bytes in `\X…\` escapes. */
  readonly charset: Charset;
}

export const usualDelimiters: Delimiters = {
  field: "|",
  component: "^",
  repetition: "~",
  escape: "\\",
  subcomponent: "&",
  truncation: "",
};

export interface DeclaredDelimiters {
  readonly delimiters: Delimiters;
  /** `delimiters-invalid` at MSH-1 or MSH-2; the usual ones are then used instead. */
  readonly problems: readonly Problem[];
}

/** Reads the delimiters of a text that starts with MSH, FHS or BHS. */
export function readDelimiters(header: string): DeclaredDelimiters {
  const field = header.charAt(3);
  if (!isDelimiter(field)) {
    return { delimiters: usualDelimiters, problems: [invalid(header, 1, "is not a delimiter")] };
  }
  const declared = header.slice(4, 4 + declaredLength(header, field));
  const [component = "", repetition = "", escapeCharacter = "", subcomponent = "", truncation = ""] = declared;
  const delimiters = { field, component, repetition, escape: escapeCharacter, subcomponent, truncation };
  if (declared === "" || ![...declared].every(isDelimiter)) {
    return { delimiters: { ...usualDelimiters, field }, problems: [invalid(header, 2, "does not hold delimiters")] };
  }
  if (declared.length > 5) return { delimiters, problems: [invalid(header, 2, "is longer than five characters")] };
  const isAmbiguous = new Set([field, ...declared]).size <= declared.length;
  return { delimiters, problems: isAmbiguous ? [invalid(header, 2, "gives one character two meanings")] : [] };
}

/** MSH-2 ends at the next field separator or line end. */
function declaredLength(header: string, field: string): number {
  let at = 4;
  while (at < header.length && at < 4 + 8 && header[at] !== field && header[at] !== "\r" && header[at] !== "\n")
    at += 1;
  return at - 4;
}

/** Any character that is no letter, digit, blank or quotation mark, and no half of a character. */
function isDelimiter(character: string): boolean {
  return character !== "" && !/[A-Za-z0-9\s"\uD800-\uDFFF\uFFFD]/.test(character);
}

function invalid(header: string, field: number, reason: string): Problem {
  const where = `${header.slice(0, 3)}-${field}`;
  return incorrect("delimiters-invalid", `${where} ${reason}.`, { where });
}
