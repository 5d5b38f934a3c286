import type { XmlElement } from "#standards/xml";
import { xhtmlNamespace } from "./namespaces.ts";
import { type Reading, report } from "./reading.ts";

/**
 * The text of a narrative's `div` exactly as it stands, with its namespace declared in it. Carriage returns, which XML can
 * only hold as references, come back as themselves. Undefined after a problem.
 * Source: FHIR R4 §2.4 (Narrative), §2.6.2.4.
 */
export function readNarrative(element: XmlElement, reading: Reading): string | undefined {
  const stranger = element.name === "div" ? strangerIn(element) : element;
  if (stranger !== undefined) {
    const message = "A narrative holds elements of XHTML alone, without prefixes, in one div";
    report(reading, stranger, { code: "narrative-not-xhtml", message });
    return undefined;
  }
  const source = reading.text.slice(element.start, element.end).replaceAll(/&#(?:x0*[dD]|0*13);/g, "\r");
  return element.declaresDefault ? source : source.replace("<div", `<div xmlns="${xhtmlNamespace}"`);
}

function strangerIn(element: XmlElement): XmlElement | undefined {
  if (element.namespace !== xhtmlNamespace || element.qualifiedName !== element.name) return element;
  for (const inner of element.elements) {
    const stranger = strangerIn(inner);
    if (stranger !== undefined) return stranger;
  }
  return undefined;
}
