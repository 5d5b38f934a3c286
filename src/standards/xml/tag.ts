import { limits } from "#kernel";
import { nameEnd, splitName } from "./name.ts";
import { declare, type NamespaceScope, namespaceOf } from "./namespace.ts";
import { fail, skipSpace, type XmlScan } from "./scan.ts";
import { attributeValue } from "./text.ts";

export interface XmlAttribute {
  readonly name: string;
  /** Empty for a name without a prefix. */
  readonly namespace: string;
  readonly value: string;
}

export interface StartTag {
  /** With its prefix, as it must stand in the end tag. */
  readonly qualifiedName: string;
  readonly name: string;
  /** Empty for none. */
  readonly namespace: string;
  /** Without the declarations of namespaces. */
  readonly attributes: readonly XmlAttribute[];
  readonly scope: NamespaceScope;
  /** Whether it ends in `/>`. */
  readonly isEmpty: boolean;
}

interface RawAttribute {
  readonly name: string;
  readonly value: string;
  readonly at: number;
}

const none: readonly never[] = [];

/** Reads the start tag whose `<` stands at the scan's place; undefined after a fault. Source: XML 1.0 §3.1. */
export function readStartTag(scan: XmlScan, outer: NamespaceScope): StartTag | undefined {
  const start = scan.at;
  const end = nameEnd(scan.text, start + 1);
  const qualifiedName = scan.text.slice(start + 1, end);
  scan.at = end;
  const raw = readAttributes(scan);
  const isEmpty = scan.text.charCodeAt(scan.at) === 0x2f;
  if (isEmpty) scan.at += 1;
  if (scan.text.charCodeAt(scan.at) !== 0x3e) fail(scan, start, "A tag is not well-formed");
  scan.at += 1;
  if (scan.fault !== undefined) return undefined;
  const scope = raw.length === 0 ? outer : declareAll(scan, raw, outer);
  const attributes = raw.length === 0 ? none : qualifyAll(scan, raw, scope);
  const split = splitName(qualifiedName);
  const namespace = split === undefined ? undefined : namespaceOf(split.prefix, scope);
  if (split === undefined || namespace === undefined) {
    fail(scan, start, "The name of an element has a prefix that is not declared");
    return undefined;
  }
  return { qualifiedName, name: split.local, namespace, attributes, scope, isEmpty };
}

function readAttributes(scan: XmlScan): readonly RawAttribute[] {
  let found: RawAttribute[] | undefined;
  while (skipSpace(scan)) {
    const at = scan.at;
    const end = nameEnd(scan.text, at);
    if (end === at) break;
    if (found?.length === limits.xmlAttributesMax) {
      fail(scan, at, `An element may have ${limits.xmlAttributesMax} attributes at most`, "xml-too-many-attributes");
      break;
    }
    scan.at = end;
    const value = readValue(scan);
    found ??= [];
    found.push({ name: scan.text.slice(at, end), value, at });
  }
  return found ?? none;
}

function readValue(scan: XmlScan): string {
  skipSpace(scan);
  const hasEquals = scan.text.charCodeAt(scan.at) === 0x3d;
  scan.at += 1;
  skipSpace(scan);
  const quote = scan.text.charAt(scan.at);
  const start = scan.at + 1;
  const end = quote === '"' || quote === "'" ? scan.text.indexOf(quote, start) : -1;
  if (!hasEquals || end === -1) {
    fail(scan, Math.min(scan.at, scan.text.length), "An attribute must have a value between quotes");
    return "";
  }
  scan.at = end + 1;
  return attributeValue(scan, start, end);
}

function declareAll(scan: XmlScan, raw: readonly RawAttribute[], outer: NamespaceScope): NamespaceScope {
  let scope = outer;
  for (const { name, value, at } of raw) {
    if (!isDeclaration(name)) continue;
    const inner = declare(scope, name === "xmlns" ? "" : name.slice("xmlns:".length), value);
    if (inner === undefined) fail(scan, at, "A namespace is declared that may not be");
    else if (inner.depth > limits.xmlNamespacesMax) fail(scan, at, "Too many namespaces are declared");
    else scope = inner;
  }
  return scope;
}

function isDeclaration(name: string): boolean {
  return name.startsWith("xmlns") && (name.length === 5 || name.charCodeAt(5) === 0x3a);
}

/** No two may have the same name, also by different prefixes. Source: Namespaces in XML 1.0 §6.3. */
function qualifyAll(scan: XmlScan, raw: readonly RawAttribute[], scope: NamespaceScope): readonly XmlAttribute[] {
  const attributes: XmlAttribute[] = [];
  for (let index = 0; index < raw.length; index += 1) {
    const { name, value, at } = raw[index] as RawAttribute;
    if (raw.findIndex((other) => other.name === name) !== index) fail(scan, at, "An attribute is given twice");
    if (isDeclaration(name)) continue;
    const split = splitName(name);
    const namespace = split === undefined ? undefined : split.prefix === "" ? "" : namespaceOf(split.prefix, scope);
    if (split === undefined || namespace === undefined) {
      fail(scan, at, "The name of an attribute has a prefix that is not declared");
    } else {
      const isTwice = attributes.some((other) => other.name === split.local && other.namespace === namespace);
      if (isTwice) fail(scan, at, "An attribute is given twice");
      attributes.push({ name: split.local, namespace, value });
    }
  }
  return attributes;
}
