import { failed, incorrect, limits, ok, type Result } from "#kernel";
import { type NamespaceScope, rootScope } from "./namespace.ts";
import { fail, faultProblem, isSpace, skipSpace, type XmlScan } from "./scan.ts";
import { readStartTag, type XmlAttribute } from "./tag.ts";
import { characterData, forbiddenAt } from "./text.ts";

export interface XmlElement {
  /** Without prefix. */
  readonly name: string;
  /** Empty for none. */
  readonly namespace: string;
  /** With its prefix. */
  readonly qualifiedName: string;
  readonly attributes: readonly XmlAttribute[];
  readonly elements: readonly XmlElement[];
  /** Character data directly inside, without runs between two tags that are white space alone. */
  readonly text: string;
  /** Where it starts in `XmlDocument.text`, with `<`. */
  readonly start: number;
  /** Behind its end tag. */
  readonly end: number;
  /** Whether its own tag declares the namespace of names without prefix. */
  readonly declaresDefault: boolean;
}

export interface XmlDocument {
  readonly root: XmlElement;
  /** The text with its line ends as `\n`; places of elements refer to it. */
  readonly text: string;
}

/**
 * Reads an XML 1.0 document with namespaces. There is no DTD: a document type declaration is refused, and with it every
 * entity but the five of XML. Comments and processing instructions are passed over. The text is already decoded: what
 * its declaration says of the encoding is not looked at.
 * Problems, always one, with line and column in the sentence: `invalid-xml`, `xml-document-type`, `xml-too-deep`,
 * `xml-too-many-attributes`, `xml-too-long`; the limits are `limits.xml…`.
 * Source: XML 1.0 (fifth edition), Namespaces in XML 1.0 (third edition).
 */
export function parseXml(source: string): Result<XmlDocument> {
  if (source.length > limits.xmlCharactersMax) {
    return failed(incorrect("xml-too-long", `An XML text may have ${limits.xmlCharactersMax} characters at most.`));
  }
  const text = withPlainLineEnds(source);
  const wrong = forbiddenAt(text);
  if (wrong !== -1) {
    const message = "There is a character that XML does not allow";
    return failed(faultProblem({ code: "invalid-xml", message, at: wrong }, text));
  }
  const scan: XmlScan = { text, at: 0, fault: undefined };
  const root = readDocument(scan);
  if (scan.fault !== undefined) return failed(faultProblem(scan.fault, text));
  return root === undefined ? failed(incorrect("invalid-xml", "There is no XML element.")) : ok({ root, text });
}

/** Source: XML 1.0 §2.11. A byte order mark is no part of the text. */
function withPlainLineEnds(source: string): string {
  const text = source.startsWith("\uFEFF") ? source.slice(1) : source;
  return text.includes("\r") ? text.replaceAll(/\r\n?/g, "\n") : text;
}

interface OpenElement extends XmlElement {
  readonly elements: XmlElement[];
  text: string;
  end: number;
}

interface Building {
  readonly scan: XmlScan;
  /** The root outermost. */
  readonly open: OpenElement[];
  readonly scopes: NamespaceScope[];
  root: XmlElement | undefined;
}

const noElements: XmlElement[] = [];

function readDocument(scan: XmlScan): XmlElement | undefined {
  const building: Building = { scan, open: [], scopes: [rootScope], root: undefined };
  skipDeclaration(scan);
  while (scan.fault === undefined && scan.at < scan.text.length) {
    const next = scan.text.indexOf("<", scan.at);
    takeText(building, next === -1 ? scan.text.length : next);
    if (scan.at < scan.text.length) takeMarkup(building);
  }
  const unclosed = building.open.at(-1);
  if (unclosed !== undefined) fail(scan, unclosed.start, "An element has no end tag");
  return building.root;
}

/** Source: XML 1.0 §2.8. */
function skipDeclaration(scan: XmlScan): void {
  if (!/^<\?xml[\s?]/.test(scan.text)) return;
  const declaration = /^<\?xml\s+version\s*=\s*(["'])1\.\d+\1[^<>?]*\?>/.exec(scan.text);
  if (declaration === null) fail(scan, 0, "The XML declaration is not one of XML 1.0");
  else scan.at = declaration[0].length;
}

function takeText({ scan, open }: Building, end: number): void {
  let at = scan.at;
  while (at < end && isSpace(scan.text.charCodeAt(at))) at += 1;
  if (at < end) {
    const inside = open.at(-1);
    if (inside === undefined) fail(scan, at, "There is text outside the outermost element");
    else inside.text += characterData(scan, end);
  }
  if (scan.fault === undefined) scan.at = end;
}

function takeMarkup(building: Building): void {
  const { scan } = building;
  const char = scan.text.charCodeAt(scan.at + 1);
  if (char === 0x2f) takeEndTag(building);
  else if (char === 0x3f) skipInstruction(scan);
  else if (char === 0x21) takeDeclared(building);
  else takeStartTag(building);
}

function takeStartTag(building: Building): void {
  const { scan, open, scopes } = building;
  const start = scan.at;
  const parent = open.at(-1);
  const outer = scopes[open.length] ?? rootScope;
  if (parent === undefined && building.root !== undefined) fail(scan, start, "There is a second outermost element");
  if (open.length === limits.xmlDepthMax) {
    fail(scan, start, `Elements may lie ${limits.xmlDepthMax} deep at most`, "xml-too-deep");
  }
  const tag = scan.fault === undefined ? readStartTag(scan, outer) : undefined;
  if (tag === undefined) return;
  const { name, namespace, qualifiedName, attributes, scope, isEmpty } = tag;
  const element: OpenElement = {
    name,
    namespace,
    qualifiedName,
    attributes,
    elements: isEmpty ? noElements : [],
    text: "",
    start,
    end: scan.at,
    declaresDefault: scope !== outer && declaresDefault(scope, outer),
  };
  if (parent === undefined) building.root = element;
  else parent.elements.push(element);
  if (isEmpty) return;
  open.push(element);
  scopes[open.length] = scope;
}

function declaresDefault(scope: NamespaceScope, outer: NamespaceScope): boolean {
  for (let at: NamespaceScope | undefined = scope; at !== undefined && at !== outer; at = at.outer) {
    if (at.prefix === "") return true;
  }
  return false;
}

function takeEndTag({ scan, open }: Building): void {
  const { at, text } = scan;
  const element = open.pop();
  const nameEnd = at + 2 + (element?.qualifiedName.length ?? 0);
  if (element === undefined || !text.startsWith(element.qualifiedName, at + 2)) {
    fail(scan, at, "An end tag closes no element");
    return;
  }
  scan.at = nameEnd;
  skipSpace(scan);
  if (text.charCodeAt(scan.at) !== 0x3e) fail(scan, at, "An end tag closes no element");
  scan.at += 1;
  element.end = scan.at;
}

/** Source: XML 1.0 §2.6. */
function skipInstruction(scan: XmlScan): void {
  const end = scan.text.indexOf("?>", scan.at + 2);
  const target = scan.text.slice(scan.at + 2, scan.at + 6);
  if (end === -1 || !/^[A-Za-z_]/.test(target) || /^xml[\s?]$/i.test(target)) {
    fail(scan, scan.at, "A processing instruction is not well-formed");
  } else {
    scan.at = end + 2;
  }
}

/** What starts with `<!`. Source: XML 1.0 §2.5, §2.7. */
function takeDeclared({ scan, open }: Building): void {
  const { text, at } = scan;
  const inside = open.at(-1);
  if (text.startsWith("<!--", at)) {
    const end = text.indexOf("--", at + 4);
    if (end === -1 || text.charAt(end + 2) !== ">") fail(scan, at, "A comment is not well-formed");
    else scan.at = end + 3;
  } else if (text.startsWith("<![CDATA[", at) && inside !== undefined) {
    const end = text.indexOf("]]>", at);
    inside.text += text.slice(at + 9, end);
    if (end === -1) fail(scan, at, "A CDATA section has no end");
    else scan.at = end + 3;
  } else if (text.startsWith("<!DOCTYPE", at)) {
    fail(scan, at, "A document type declaration is not accepted", "xml-document-type");
  } else {
    fail(scan, at, "<! starts nothing that may stand here");
  }
}
