import { parseXml, type XmlElement } from "#standards/xml";
import { unanswered } from "./s3-failure.ts";

const errorBytesMax = 64 * 1024;

/** The code of an `Error`; empty where a body is none. Content is never taken for one: it is read by its status alone. */
export function errorCodeIn(body: Buffer): string {
  if (body.length === 0 || body.length > errorBytesMax || !startsAnError(body)) return "";
  const parsed = parseXml(body.toString("utf8").trimStart());
  return parsed.ok && parsed.value.root.name === "Error" ? textOf(parsed.value.root, "Code") : "";
}

function startsAnError(body: Buffer): boolean {
  const start = body.subarray(0, 256).toString("latin1").trimStart();
  return /^(<\?xml[^>]*>\s*)?<Error/.test(start);
}

/** The root of an answer in XML. Throws an `S3Failure` where it is none. */
export function rootOf(doing: string, body: Buffer): XmlElement {
  const parsed = parseXml(body.toString("utf8").trimStart());
  if (parsed.ok) return parsed.value.root;
  throw unanswered(doing, new Error("its answer is no XML"));
}

/** Of the first child of a name; empty where there is none. */
export function textOf(element: XmlElement, name: string): string {
  return element.elements.find((child) => child.name === name)?.text ?? "";
}

export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.elements.filter((child) => child.name === name);
}
