export { readFhirXml } from "./read.ts";
export { writeFhirXml } from "./write.ts";
export { parseXml, type XmlDocument, type XmlElement } from "./xml-document.ts";
export type { XmlAttribute } from "./xml-tag.ts";
