/**
 * Text as strings are compared in search: lower case, without accents, white space folded.
 * Source: FHIR R4 §3.1.1.4.8 (string).
 */
export function normaliseText(text: string): string {
  return text.normalize("NFKD").replace(marks, "").toLowerCase().replace(spaces, " ").trim();
}

const marks = /\p{M}/gu;
const spaces = /\s+/gu;
