import { parseXml, type XmlElement } from "#standards/xml";

/** A part of a narrative that is fit to be shown. */
export type NarrativeNode =
  | { readonly is: "text"; readonly text: string }
  | {
      readonly is: "element";
      readonly tag: string;
      readonly colSpan: number;
      readonly rowSpan: number;
      readonly children: readonly NarrativeNode[];
    };

/** Elements that are shown; of any other the content is. Source: FHIR R4 §2.4.0 (narrative). */
const shown: ReadonlySet<string> = new Set(
  (
    "div p br hr span b strong i em small code pre samp var kbd sub sup u s del ins abbr cite dfn q blockquote " +
    "ul ol li dl dt dd table caption thead tbody tfoot tr th td h1 h2 h3 h4 h5 h6"
  ).split(" "),
);

/** Elements whose content is nothing to read. */
const silent: ReadonlySet<string> = new Set(["script", "style", "template", "noscript", "iframe", "object", "title"]);

/** Headings of a narrative stand below those of the page. */
const renamed: Readonly<Record<string, string>> = { h1: "h4", h2: "h4", h3: "h4", h5: "h4", h6: "h4" };

/**
 * What of a narrative may be shown: its words and the allowed elements, made anew. No attribute but the span of cells is
 * carried over, so that nothing in it can run, load or lead anywhere; a picture is told by its words. Of what is no XHTML
 * only the words are left.
 */
export function narrativeNodes(div: string): readonly NarrativeNode[] {
  const parsed = parseXml(div);
  if (parsed.ok) return [nodeOf(parsed.value.root, parsed.value.text)].flat();
  return [{ is: "text", text: decoded(div.replaceAll(/<(script|style)\b.*?<\/\1\s*>|<[^>]*>/gis, " ")) }];
}

function nodeOf(element: XmlElement, source: string): readonly NarrativeNode[] {
  const tag = element.name.toLowerCase();
  if (silent.has(tag)) return [];
  if (tag === "img") return [{ is: "text", text: `[picture: ${attribute(element, "alt") ?? "without words"}]` }];
  const children = childrenOf(element, source);
  if (!shown.has(tag)) return children;
  const [colSpan, rowSpan] = [spanOf(element, "colspan"), spanOf(element, "rowspan")];
  return [{ is: "element", tag: renamed[tag] ?? tag, colSpan, rowSpan, children }];
}

/** Text and elements in their order: what is not inside one of the elements is text. */
function childrenOf(element: XmlElement, source: string): readonly NarrativeNode[] {
  const start = /<(?:[^"'>]|"[^"]*"|'[^']*')*>/y;
  start.lastIndex = element.start;
  const opening = start.exec(source)?.[0] ?? "";
  if (opening.endsWith("/>")) return [];
  const nodes: NarrativeNode[] = [];
  let at = element.start + opening.length;
  const say = (to: number) => {
    const text = decoded(source.slice(at, to));
    if (text !== "") nodes.push({ is: "text", text });
  };
  for (const child of element.elements) {
    say(child.start);
    nodes.push(...nodeOf(child, source));
    at = child.end;
  }
  say(Math.max(at, source.lastIndexOf("</", element.end - 1)));
  return nodes;
}

function attribute({ attributes }: XmlElement, name: string): string | undefined {
  return attributes.find((each) => each.name === name && each.namespace === "")?.value;
}

function spanOf(element: XmlElement, name: string): number {
  const span = Number(attribute(element, name) ?? 1);
  return Number.isInteger(span) && span > 1 && span <= 100 ? span : 1;
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'", nbsp: "\u00a0" };

/** Character data as it reads: without comments and instructions. Source: XML 1.0 §2.4 to §2.7, §4.1. */
function decoded(raw: string): string {
  return raw
    .replaceAll(/<!--.*?-->|<\?.*?\?>/gs, "")
    .split(/(<!\[CDATA\[.*?\]\]>)/s)
    .map((part) => (part.startsWith("<![CDATA[") ? part.slice(9, -3) : part.replaceAll(/&(#x?)?(\w+);/g, entityText)))
    .join("");
}

function entityText(whole: string, number: string | undefined, name: string): string {
  if (number === undefined) return entities[name] ?? whole;
  const code = Number.parseInt(name, number === "#x" ? 16 : 10);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}
