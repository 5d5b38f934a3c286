import { parseXml, type XmlElement } from "#standards/xml";
import { lineCounter, type Place } from "./place.ts";

/** The places of a resource in XML; undefined for what is no XML. */
export function xmlPlaces(source: string): { readonly type: string; readonly root: Place } | undefined {
  const parsed = parseXml(source);
  if (!parsed.ok) return undefined;
  const { root, text } = parsed.value;
  return { type: root.name, root: placeOf(root, lineCounter(text)) };
}

/** Elements of one name are a list, also where there is one. A resource inside is at the place of what holds it. */
function placeOf(element: XmlElement, lineAt: (offset: number) => number): Place {
  const [only, ...others] = element.elements;
  const isHolder = only !== undefined && others.length === 0 && /^[A-Z]/.test(only.name);
  const place: Place = { line: lineAt(element.start), inside: new Map() };
  for (const child of isHolder ? only.elements : element.elements) {
    const inside = placeOf(child, lineAt);
    const list = place.inside.get(child.name) ?? { line: inside.line, inside: new Map<string, Place>() };
    list.inside.set(String(list.inside.size), inside);
    place.inside.set(child.name, list);
  }
  return place;
}
