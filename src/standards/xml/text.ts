import { fail, type XmlScan } from "./scan.ts";

/** Source: XML 1.0 §4.6. */
const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** The longest reference that can stand for a character: `&#x0010FFFF;`, with some zeros to spare. */
const referenceCharactersMax = 16;

/** What XML 1.0 cannot hold, not even as a reference; lone surrogates apart. Source: XML 1.0 §2.2. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones looked for.
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/;

/** Where the first character stands that XML cannot hold; -1 where there is none. */
export function forbiddenAt(text: string): number {
  const at = text.search(forbidden);
  if (at !== -1 || text.isWellFormed()) return at;
  return text.search(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/);
}

/** Character data from the scan's place up to `end`, references resolved. */
export function characterData(scan: XmlScan, end: number): string {
  const start = scan.at;
  const source = scan.text.slice(start, end);
  const wrong = source.indexOf("]]>");
  if (wrong !== -1) fail(scan, start + wrong, "]]> may not stand in text");
  return source.includes("&") ? resolve(source, scan, start) : source;
}

/** The value of an attribute that stands from `start` up to `end`. Source: XML 1.0 §3.3.3 (line ends and tabs become spaces). */
export function attributeValue(scan: XmlScan, start: number, end: number): string {
  const source = scan.text.slice(start, end);
  if (!/[<&\t\n]/.test(source)) return source;
  const wrong = source.indexOf("<");
  if (wrong !== -1) fail(scan, start + wrong, "< may not stand in an attribute");
  const spaced = source.replaceAll(/[\t\n]/g, " ");
  return spaced.includes("&") ? resolve(spaced, scan, start) : spaced;
}

function resolve(source: string, scan: XmlScan, start: number): string {
  let resolved = "";
  let from = 0;
  for (let at = source.indexOf("&"); at !== -1; at = source.indexOf("&", from)) {
    const close = source.slice(at, at + referenceCharactersMax).indexOf(";");
    const char = close === -1 ? undefined : referenced(source.slice(at + 1, at + close));
    if (char === undefined) {
      fail(scan, start + at, "& starts neither one of the five entities of XML nor a number of a character");
      return "";
    }
    resolved += source.slice(from, at) + char;
    from = at + close + 1;
  }
  return resolved + source.slice(from);
}

function referenced(name: string): string | undefined {
  if (!name.startsWith("#")) return Object.hasOwn(entities, name) ? entities[name] : undefined;
  const isHex = /^#x[0-9a-fA-F]+$/.test(name);
  if (!isHex && !/^#[0-9]+$/.test(name)) return undefined;
  const code = isHex ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  if (code > 0x10ffff) return undefined;
  const char = String.fromCodePoint(code);
  return forbiddenAt(char) === -1 ? char : undefined;
}

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#x9;",
  "\n": "&#xA;",
  "\r": "&#xD;",
};

/** The text as it must stand between quotes for a reader to get it back whole; of characters XML can hold. */
export function escapeAttribute(text: string): string {
  return /[&<>"\t\n\r]/.test(text) ? text.replaceAll(/[&<>"\t\n\r]/g, (char) => escapes[char] ?? char) : text;
}
