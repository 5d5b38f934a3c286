import { parseXml } from "#standards/xml";
import { xhtmlNamespace } from "./namespaces.ts";
import { cannotWrite, type Writing } from "./writing.ts";

/** Writes a `div` as it stands. Source: FHIR R4 §2.4. */
export function writeNarrative(div: string, writing: Writing): void {
  const text = div.trim();
  const source = asXml(text.replaceAll("\r", "&#xD;")) ?? asXml(text.replaceAll(/\r\n?/g, "\n"));
  if (source === undefined) {
    cannotWrite(writing, "narrative-not-xhtml", "The narrative is no well-formed XHTML in one div.");
  } else {
    writing.out += source;
  }
}

/**
 * Undefined where the text is no XHTML. XML keeps a carriage return only as a reference, which cannot stand inside a tag:
 * there it becomes a line end.
 */
function asXml(text: string): string | undefined {
  const parsed = parseXml(text);
  if (!parsed.ok) return undefined;
  const { qualifiedName, namespace, start, end } = parsed.value.root;
  if (qualifiedName !== "div" || start !== 0 || end !== text.length) return undefined;
  if (namespace === "") return text.replace("<div", `<div xmlns="${xhtmlNamespace}"`);
  return namespace === xhtmlNamespace ? text : undefined;
}
