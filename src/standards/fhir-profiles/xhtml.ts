import { attributesAllowed, elementsAllowed, entitiesAllowed } from "./xhtml-names.ts";

export interface XhtmlFlaw {
  /** The invariant that it breaks, or `xhtml` where it is no XHTML at all. */
  readonly rule: "txt-1" | "txt-2" | "xhtml";
  /** Follows "The narrative ". */
  readonly message: string;
}

const flawsMax = 20;

interface Reading {
  readonly open: string[];
  readonly flaws: XhtmlFlaw[];
  hasContent: boolean;
}

/** A comment, a CDATA section, a processing instruction or declaration, a tag, a stray `<`; or text in between. */
const piece =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<[?!][^>]*>|<(\/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|<|[^<]+/g;
const attribute = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const entity = /&(?:#x[\dA-Fa-f]+|#\d+|(\w+));|&/g;

let lastText = "";
let lastFlaws: readonly XhtmlFlaw[] = [];

/**
 * What is wrong with the `div` of a narrative: elements and attributes that it may not have, entities that XHTML does not
 * know, tags that are not closed, nothing to read in it. Source: FHIR R4 §2.11.0.1 (Narrative), invariants txt-1 and txt-2.
 */
export function xhtmlFlaws(text: string): readonly XhtmlFlaw[] {
  if (text === lastText) return lastFlaws;
  const reading: Reading = { open: [], flaws: [], hasContent: false };
  for (const found of text.matchAll(piece)) {
    readPiece(found, reading);
    if (reading.flaws.length >= flawsMax) break;
  }
  if (reading.flaws.length === 0 && reading.open.length > 0)
    flaw(reading, "xhtml", `does not close <${reading.open[0]}>`);
  if (!reading.hasContent) flaw(reading, "txt-2", "has nothing to read in it");
  lastText = text;
  lastFlaws = reading.flaws;
  return lastFlaws;
}

function flaw(reading: Reading, rule: XhtmlFlaw["rule"], message: string): void {
  reading.flaws.push({ rule, message });
}

function readPiece(found: RegExpMatchArray, reading: Reading): void {
  const [whole, closing, name, attributes = "", empty] = found;
  if (name !== undefined) readTag({ name, attributes, isClosing: closing === "/", isEmpty: empty === "/" }, reading);
  else if (whole === "<") flaw(reading, "xhtml", "has a < that opens no tag");
  else if (whole.startsWith("<!--")) return;
  else if (whole.startsWith("<![CDATA[")) reading.hasContent = true;
  else if (whole.startsWith("<")) flaw(reading, "txt-1", "has a declaration or processing instruction");
  else readText(whole, reading);
}

function readText(text: string, reading: Reading): void {
  if (text.trim() === "") return;
  reading.hasContent = true;
  checkEntities(text, reading);
}

function checkEntities(text: string, reading: Reading): void {
  if (!text.includes("&")) return;
  for (const [whole, name] of text.matchAll(entity)) {
    if (whole === "&") flaw(reading, "xhtml", "has an & that starts no entity");
    else if (name !== undefined && !entitiesAllowed.has(name))
      flaw(reading, "xhtml", `has the unknown entity &${name};`);
  }
}

interface Tag {
  readonly name: string;
  readonly attributes: string;
  readonly isClosing: boolean;
  readonly isEmpty: boolean;
}

function readTag({ name, attributes, isClosing, isEmpty }: Tag, reading: Reading): void {
  if (isClosing) {
    const opened = reading.open.pop();
    if (opened !== name) flaw(reading, "xhtml", `closes <${name}> where <${opened ?? "nothing"}> is open`);
    return;
  }
  if (!elementsAllowed.has(name)) flaw(reading, "txt-1", `has the element <${name}>, which is not allowed`);
  if (name === "img") reading.hasContent = true;
  for (const [, key = "", double, single] of attributes.matchAll(attribute)) {
    checkAttribute(name, key, reading);
    checkEntities(double ?? single ?? "", reading);
  }
  if (!isEmpty) reading.open.push(name);
}

function checkAttribute(element: string, key: string, reading: Reading): void {
  const isAllowed = attributesAllowed.get("*")?.has(key) === true || attributesAllowed.get(element)?.has(key) === true;
  if (!isAllowed && !key.startsWith("xmlns") && !key.startsWith("xml:"))
    flaw(reading, "txt-1", `has the attribute ${key} on <${element}>, which is not allowed`);
}
