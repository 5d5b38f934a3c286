/**
 * Those members of a JSON object whose key is wanted, as they are written: text is cut, not parsed. The text is of an object
 * without its braces, as `JSON.stringify` writes it.
 */
export function chosenMembers(text: string, isWanted: (key: string) => boolean): string {
  let chosen = "";
  for (let at = 0; at < text.length; ) {
    const keyEnd = text.indexOf('"', at + 1);
    const end = valueEnd(text, keyEnd + 2);
    if (isWanted(text.slice(at + 1, keyEnd))) chosen += (chosen === "" ? "" : ",") + text.slice(at, end);
    at = end + 1;
  }
  return chosen;
}

const quote = 0x22;
const open = new Set([0x7b, 0x5b]);
const close = new Set([0x7d, 0x5d]);

/** Behind the object that begins there. */
function valueEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) at = stringEnd(text, at);
    else if (open.has(code)) depth += 1;
    else if (close.has(code)) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return text.length;
}

/** The quote that ends the string that begins there. */
function stringEnd(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text[at - 1 - slashes] === "\\") slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}
