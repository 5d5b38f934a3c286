/** Pieces of a search value, escaped for FHIR. Source: FHIR R4 §3.1.1.4.1 (escaping). */

export function escapeValue(text: string): string {
  return text.replaceAll(/[\\,|$]/g, (found) => `\\${found}`);
}

export function unescapeValue(text: string): string {
  return text.replaceAll(/\\([\\,|$])/g, "$1");
}

/** Splits at a separator that is not escaped; the parts are still escaped. */
export function splitValue(text: string, separator: "," | "|" | "$"): readonly string[] {
  const parts: string[] = [];
  let part = "";
  for (const [piece] of text.matchAll(/\\.|./gs)) {
    if (piece === separator) {
      parts.push(part);
      part = "";
    } else part += piece;
  }
  return [...parts, part];
}

/** Whether the value names alternatives, of which one must hold. */
export function hasAlternatives(value: string): boolean {
  return splitValue(value, ",").length > 1;
}

export interface CodeParts {
  readonly system: string;
  readonly code: string;
}

export function readCode(value: string): CodeParts {
  const parts = splitValue(value, "|").map(unescapeValue);
  return parts.length < 2 ? { system: "", code: parts[0] ?? "" } : { system: parts[0] ?? "", code: parts[1] ?? "" };
}

export function writeCode({ system, code }: CodeParts): string {
  if (system === "") return escapeValue(code);
  return `${escapeValue(system)}|${escapeValue(code)}`;
}

export interface AmountParts extends CodeParts {
  readonly number: string;
}

export function readAmount(value: string): AmountParts {
  const [number = "", system = "", code = ""] = splitValue(value, "|").map(unescapeValue);
  return { number, system, code };
}

/** A unit alone is looked for in every system. Nothing while there is no number. */
export function writeAmount({ number, system, code }: AmountParts): string {
  if (number === "") return "";
  return system === "" && code === "" ? number : `${number}|${escapeValue(system)}|${escapeValue(code)}`;
}
