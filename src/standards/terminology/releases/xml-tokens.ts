/** A piece of an XML text. */
export type XmlToken =
  | { readonly is: "open"; readonly name: string; readonly attributes: Readonly<Record<string, string>> }
  | { readonly is: "close"; readonly name: string }
  | { readonly is: "text"; readonly text: string };

const pattern =
  /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<![^>[]*(?:\[[^\]]*\])?[^>]*>|<\?[\s\S]*?\?>|<\/([^\s>]+)\s*>|<([^\s/>!?]+)((?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/g;
const attribute = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/**
 * Elements and texts of an XML document in order; an empty element is opened and closed. Comments, instructions and declarations are
 * left out, entities of a document's own are not known. Whether elements are closed in order is for the reader to see.
 */
export function* xmlTokens(xml: string): Generator<XmlToken> {
  for (const [, cdata, closed, opened, attributes = "", empty, text] of xml.matchAll(pattern)) {
    if (opened !== undefined) {
      yield { is: "open", name: opened, attributes: attributesOf(attributes) };
      if (empty === "/") yield { is: "close", name: opened };
    } else if (closed !== undefined) yield { is: "close", name: closed };
    else if (cdata !== undefined) yield { is: "text", text: cdata };
    else if (text !== undefined) yield { is: "text", text: unescaped(text) };
  }
}

function attributesOf(text: string): Readonly<Record<string, string>> {
  const found = [...text.matchAll(attribute)];
  return Object.fromEntries(found.map(([, name, double, single]) => [name, unescaped(double ?? single ?? "")]));
}

const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescaped(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(#x[\da-f]{1,6}|#\d{1,7}|[a-z]+);/gi, (whole, name: string) => {
    if (!name.startsWith("#")) return named[name] ?? whole;
    const point = name[1]?.toLowerCase() === "x" ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
