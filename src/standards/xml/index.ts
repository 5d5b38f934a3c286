export { parseXml, type XmlDocument, type XmlElement } from "./document.ts";
export { placeIn } from "./scan.ts";
export type { XmlAttribute } from "./tag.ts";
export { escapeAttribute, forbiddenAt } from "./text.ts";
