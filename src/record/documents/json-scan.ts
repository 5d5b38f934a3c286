/** What a JSON text holds that parsing alone would lose, or should not be tried on. Of text that is no JSON it says nothing useful. */
export interface JsonScan {
  /** True: objects and arrays lie deeper than the limit, and nothing behind that place was looked at. */
  readonly isTooDeep: boolean;
  /** Numbers that would be written differently after parsing (`5.0`, `1e2`), in the order of the text. */
  readonly unusualNumbers: readonly UnusualNumber[];
}

export interface UnusualNumber {
  /** Its place among all numbers of the text, from 0. */
  readonly ordinal: number;
  /** As it is written. */
  readonly source: string;
}

const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const openBracket = 0x5b;
const closeBrace = 0x7d;
const closeBracket = 0x5d;

/** Looks through a text once, without parsing it; strings are skipped as wholes. */
export function scanJson(text: string, depthMax: number): JsonScan {
  const unusualNumbers: UnusualNumber[] = [];
  let depth = 0;
  let numbers = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === quote) {
      at = stringEnd(text, at);
    } else if (char === openBrace || char === openBracket) {
      depth += 1;
      if (depth > depthMax) return { isTooDeep: true, unusualNumbers };
    } else if (char === closeBrace || char === closeBracket) {
      depth -= 1;
    } else if (startsNumber(char)) {
      const end = numberEnd(text, at);
      if (mayChange(text, at, end)) {
        const source = text.slice(at, end);
        if (String(Number(source)) !== source) unusualNumbers.push({ ordinal: numbers, source });
      }
      numbers += 1;
      at = end - 1;
    }
  }
  return { isTooDeep: false, unusualNumbers };
}

/** Where the string that opens at `start` closes; the end of the text where it does not. */
function stringEnd(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

/** Behind an odd number of backslashes. */
function isEscaped(text: string, at: number): boolean {
  let count = 0;
  while (text.charCodeAt(at - 1 - count) === backslash) count += 1;
  return count % 2 === 1;
}

function isDigit(char: number): boolean {
  return char >= 0x30 && char <= 0x39;
}

const minus = 0x2d;
const plus = 0x2b;
const point = 0x2e;

function startsNumber(char: number): boolean {
  return isDigit(char) || char === minus;
}

function numberEnd(text: string, start: number): number {
  let end = start + 1;
  for (; end < text.length; end += 1) {
    const char = text.charCodeAt(end);
    const isExponent = char === 0x65 || char === 0x45;
    if (!isDigit(char) && char !== point && char !== minus && char !== plus && !isExponent) break;
  }
  return end;
}

/** Short whole numbers, which most are, come back as they are written. */
const plainDigitsMax = 9;

function mayChange(text: string, start: number, end: number): boolean {
  if (end - start > plainDigitsMax) return true;
  for (let at = start; at < end; at += 1) if (!isDigit(text.charCodeAt(at))) return true;
  return false;
}
