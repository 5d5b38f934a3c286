const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;

/**
 * The text of the first member of a JSON object that has one of these names, or undefined. For text as the record
 * keeps it, without spaces between its parts. Several times cheaper than parsing the whole, above all where it
 * holds a picture or a document.
 */
export function memberText(json: string, names: readonly string[]): string | undefined {
  let depth = 0;
  for (let at = 0; at < json.length; at += 1) {
    const char = json.charCodeAt(at);
    if (char === quote) {
      const end = stringEnd(json, at);
      const isName = depth === 1 && json.charCodeAt(end + 1) === colon;
      if (isName && names.includes(json.slice(at + 1, end))) return valueText(json, end + 2);
      at = end;
    } else depth += step(char);
  }
  return undefined;
}

/** The object, array or string that starts here; undefined for a number, true, false or null. */
function valueText(json: string, start: number): string | undefined {
  if (json.charCodeAt(start) === quote) return json.slice(start, stringEnd(json, start) + 1);
  let depth = 0;
  for (let at = start; at < json.length; at += 1) {
    const char = json.charCodeAt(at);
    if (char === quote) at = stringEnd(json, at);
    else depth += step(char);
    if (depth === 0) return at === start ? undefined : json.slice(start, at + 1);
  }
  return undefined;
}

function step(char: number): number {
  if (char === openBrace || char === openBracket) return 1;
  return char === closeBrace || char === closeBracket ? -1 : 0;
}

/** Where the string that opens at `start` closes. */
function stringEnd(json: string, start: number): number {
  let end = json.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(json, end)) end = json.indexOf('"', end + 1);
  return end === -1 ? json.length : end;
}

/** Behind an odd number of backslashes. */
function isEscaped(json: string, at: number): boolean {
  let count = 0;
  while (json.charCodeAt(at - 1 - count) === backslash) count += 1;
  return count % 2 === 1;
}
