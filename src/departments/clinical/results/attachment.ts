import type { FieldReader } from "../messages/message-reader.ts";
import type { ObservationText } from "./text-report.ts";

/** A document inside a message, or the address of one. */
export type SentAttachment = AttachedContent | AttachedAddress;

export interface AttachedContent {
  readonly is: "content";
  readonly contentType: string;
  /** Base64, padded, without line breaks. */
  readonly base64: string;
}

export interface AttachedAddress {
  readonly is: "address";
  readonly contentType: string | undefined;
  readonly url: string;
}

/**
 * The document that an observation carries, whatever OBX-2 says it is: a PDF is known by its own first letters.
 * Undefined when it carries none.
 * Source: v2-to-FHIR ED[Attachment], RP[Attachment].
 */
export function attachmentIn(text: ObservationText): SentAttachment | undefined {
  const { obx, furtherLines } = text;
  const field = obx.field(5);
  if (field === undefined) return undefined;
  const type = obx.peek(2)?.toUpperCase();
  if (type === "RP") return inComponents(field) ?? addressIn(field);
  if (type === "ED") return encapsulated(field);
  if (furtherLines.length === 0 && field.value.raw.length < contentLengthMin) return undefined;
  const lines = [obx, ...furtherLines].flatMap((line) => line.fields(5).map(({ value }) => value.raw));
  return knownContent(lines.join("")) ?? inComponents(field);
}

/** Marks what the document was made of as carried over. */
export function carryAttachment({ obx, furtherLines }: ObservationText): void {
  obx.text(2);
  obx.lines(5);
  for (const line of furtherLines) {
    line.lines(5);
    line.carrySame(obx);
  }
}

/** What base64 of these kinds of content starts with. */
const beginnings: readonly (readonly [string, string])[] = [
  ["JVBERi", "application/pdf"],
  ["e1xydGY", "application/rtf"],
  ["iVBORw0KGgo", "image/png"],
  ["/9j/", "image/jpeg"],
  ["SUkqA", "image/tiff"],
  ["TU0AK", "image/tiff"],
];

function encapsulated(field: FieldReader): SentAttachment | undefined {
  const data = field.peek(5);
  if (data === undefined) return inComponents(field);
  const encoding = field.peek(4)?.toUpperCase();
  const known = knownContent(data);
  if (known !== undefined) return known;
  const contentType = contentTypeOf(field.peek(2), field.peek(3));
  if (encoding === "HEX" && /^(?:[0-9A-F]{2})+$/i.test(data)) {
    return { is: "content", contentType, base64: Buffer.from(data, "hex").toString("base64") };
  }
  const base64 = encoding === "A" ? undefined : asBase64(data);
  if (base64 !== undefined) return { is: "content", contentType, base64 };
  return { is: "content", contentType, base64: Buffer.from(data).toString("base64") };
}

/** A component that is a document, in a field that should not have one. */
function inComponents(field: FieldReader): SentAttachment | undefined {
  for (const part of field.value.parts) {
    const found = knownContent(part.raw);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Long enough not to be a word by chance. */
const contentLengthMin = 20;

function knownContent(text: string): AttachedContent | undefined {
  const start = text.slice(0, 20).trimStart();
  if (start.startsWith("%PDF-")) {
    return { is: "content", contentType: "application/pdf", base64: Buffer.from(text, "latin1").toString("base64") };
  }
  const contentType = beginnings.find(([beginning]) => start.startsWith(beginning))?.[1];
  if (contentType === undefined || text.length < contentLengthMin) return undefined;
  const base64 = asBase64(text);
  return base64 === undefined ? undefined : { is: "content", contentType, base64 };
}

/** Without line breaks, escaped ones too; undefined when it is no base64. */
function asBase64(text: string): string | undefined {
  const plain = text.replace(/\\\.br\\|\\X0D\\|\\X0A\\|\\E\\|\s/g, "").replace(/=+$/, "");
  if (plain === "" || !/^[A-Za-z0-9+/]+$/.test(plain) || plain.length % 4 === 1) return undefined;
  return plain.padEnd(Math.ceil(plain.length / 4) * 4, "=");
}

const subtypes: Readonly<Record<string, string>> = {
  PDF: "application/pdf",
  RTF: "application/rtf",
  HTML: "text/html",
  XML: "application/xml",
  PLAIN: "text/plain",
  TEXT: "text/plain",
  JPEG: "image/jpeg",
  JPG: "image/jpeg",
  PNG: "image/png",
  GIF: "image/gif",
  TIFF: "image/tiff",
  "OCTET-STREAM": "application/octet-stream",
};

/** ED.2 and ED.3; the subtype decides where the type is one of HL7's own words. */
function contentTypeOf(type: string | undefined, subtype: string | undefined): string {
  const whole = [subtype, type].find((text) => text?.includes("/"));
  if (whole !== undefined) return whole.toLowerCase();
  const known = subtypes[subtype?.toUpperCase() ?? ""] ?? subtypes[type?.toUpperCase() ?? ""];
  if (known !== undefined) return known;
  const isMime = /^(?:application|audio|image|text|video|multipart)$/i.test(type ?? "");
  if (isMime && subtype !== undefined && /^[\w.+-]+$/.test(subtype)) return `${type}/${subtype}`.toLowerCase();
  return "application/octet-stream";
}

function addressIn(field: FieldReader): AttachedAddress | undefined {
  const url = field.peek(1);
  if (url === undefined || /\s/.test(url)) return undefined;
  const contentType = contentTypeOf(field.peek(3), field.peek(4) ?? field.peek(3));
  return { is: "address", contentType: contentType === "application/octet-stream" ? undefined : contentType, url };
}
