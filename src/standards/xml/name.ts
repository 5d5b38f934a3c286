/** Characters a name may start with and go on with. Source: XML 1.0 (fifth edition) §2.3, productions 4 and 4a. */
const startRanges =
  ":A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F" +
  "\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}";
const namePattern = new RegExp(`[${startRanges}][${startRanges}\\-.0-9\\u00B7\\u0300-\\u036F\\u203F\\u2040]*`, "uy");

/** Where the name that starts at `start` ends; `start` itself where there is none. */
export function nameEnd(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (!isLetter(first)) return anyNameEnd(text, start);
  let end = start + 1;
  while (isPlainPart(text.charCodeAt(end))) end += 1;
  return text.charCodeAt(end) < 0x80 || end === text.length ? end : anyNameEnd(text, start);
}

function anyNameEnd(text: string, start: number): number {
  namePattern.lastIndex = start;
  return namePattern.test(text) ? namePattern.lastIndex : start;
}

function isLetter(char: number): boolean {
  return (char >= 0x61 && char <= 0x7a) || (char >= 0x41 && char <= 0x5a);
}

/** Letters, digits, and `-` `.` `:` `_`. */
function isPlainPart(char: number): boolean {
  return isLetter(char) || (char >= 0x30 && char <= 0x3a) || char === 0x2d || char === 0x2e || char === 0x5f;
}

export interface QualifiedName {
  /** Empty where there is none. */
  readonly prefix: string;
  readonly local: string;
}

/** Undefined where the colon does not stand between two names. Source: Namespaces in XML 1.0 §4. */
export function splitName(name: string): QualifiedName | undefined {
  const colon = name.indexOf(":");
  if (colon === -1) return { prefix: "", local: name };
  const local = name.slice(colon + 1);
  return colon > 0 && !local.includes(":") && nameEnd(local, 0) > 0
    ? { prefix: name.slice(0, colon), local }
    : undefined;
}
