import { failed, type HttpRequest, ok, type Result, unsupported } from "#kernel";

/** The two forms that Corridor reads and writes resources in. */
export type FhirFormat = "json" | "xml";

/** How they are named on the wire. */
export const fhirTypes: Readonly<Record<FhirFormat, string>> = {
  json: "application/fhir+json; charset=utf-8",
  xml: "application/fhir+xml; charset=utf-8",
};

/** The last of each is of older releases. Source: FHIR R4 §2.6.1, §2.6.2, §3.1.0.1.11 (mime types). */
const formatOfType: ReadonlyMap<string, FhirFormat> = new Map([
  ["application/fhir+json", "json"],
  ["application/json", "json"],
  ["text/json", "json"],
  ["application/json+fhir", "json"],
  ["application/fhir+xml", "xml"],
  ["application/xml", "xml"],
  ["text/xml", "xml"],
  ["application/xml+fhir", "xml"],
]);

/** What stands in a CapabilityStatement. */
export const statedFormats: readonly string[] = ["application/fhir+json", "json", "application/fhir+xml", "xml"];

const jsonPatchType = "application/json-patch+json";

/** `application/fhir+json` of `application/fhir+json; charset=utf-8`. */
export function mediaTypeOf(header: string): string {
  const end = header.indexOf(";");
  return (end === -1 ? header : header.slice(0, end)).trim().toLowerCase();
}

export function isFhirJson(mediaType: string): boolean {
  return formatOfType.get(mediaType) === "json";
}

export function isFhirXml(mediaType: string): boolean {
  return mediaType === "application/fhir+xml" || mediaType === "application/xml+fhir";
}

/** One item of an Accept header. */
export interface AcceptedType {
  readonly type: string;
  /** From 0, which refuses it, to 1. */
  readonly quality: number;
  /** `4.0`. */
  readonly fhirVersion: string | undefined;
}

/** The items of an Accept header, what is preferred first. Source: RFC 9110 §12.5.1. */
export function acceptedTypes(accept: string | undefined): readonly AcceptedType[] {
  if (accept === undefined) return [];
  const items = accept.split(",").filter((item) => item.trim() !== "");
  return items.map(acceptedType).sort((one, other) => other.quality - one.quality);
}

function acceptedType(item: string): AcceptedType {
  const quality = Number(parameterOf(item, "q") ?? 1);
  return {
    type: mediaTypeOf(item),
    quality: quality >= 0 && quality <= 1 ? quality : 1,
    fhirVersion: parameterOf(item, "fhirversion"),
  };
}

function parameterOf(item: string, name: string): string | undefined {
  for (const part of item.split(";").slice(1)) {
    const [key = "", value = ""] = part.split("=");
    if (key.trim().toLowerCase() === name) return value.trim().replaceAll('"', "").toLowerCase();
  }
  return undefined;
}

function isOurVersion(version: string | undefined): boolean {
  return version === undefined || version === "4.0" || version === "4.0.1";
}

type Headers = HttpRequest["headers"];

/**
 * The form that the caller wants, JSON where none is named. `_format` outweighs the header. A `+` in it that was not escaped
 * has become a space. Problems: unsupported, code `not-acceptable`. Source: FHIR R4 §3.1.0.1.11 (content types, _format).
 */
export function acceptedFormat(asked: string | null, headers: Headers): Result<FhirFormat> {
  const { accept, "accept-charset": charset } = headers;
  if (charset !== undefined && !takesUtf8(charset)) return failed(notAcceptable("Accept-Charset"));
  if (asked !== null) {
    const name = mediaTypeOf(asked).replaceAll(" ", "+");
    const format = name === "json" || name === "xml" ? name : formatOfType.get(name);
    return format !== undefined && isOurVersion(parameterOf(asked, "fhirversion"))
      ? ok(format)
      : failed(notAcceptable("_format"));
  }
  if (accept === undefined || plainJson.has(accept)) return ok("json");
  const format = preferredFormat(acceptedTypes(accept));
  return format === undefined ? failed(notAcceptable("Accept")) : ok(format);
}

/** What most callers say, which need not be read. */
const plainJson: ReadonlySet<string> = new Set(["*/*", "application/fhir+json", "application/json"]);

function preferredFormat(items: readonly AcceptedType[]): FhirFormat | undefined {
  if (items.length === 0) return "json";
  const refused = new Set(items.filter(({ quality }) => quality === 0).map(({ type }) => formatOfType.get(type)));
  for (const { type, quality, fhirVersion } of items) {
    if (quality === 0 || !isOurVersion(fhirVersion)) continue;
    const format = formatOfType.get(type);
    if (format !== undefined) return format;
    if (type === "*/*" || type === "application/*") return refused.has("json") ? "xml" : "json";
  }
  return undefined;
}

function takesUtf8(header: string): boolean {
  const items = acceptedTypes(header).filter(({ quality }) => quality > 0);
  return items.some(({ type }) => type === "utf-8" || type === "utf8" || type === "*");
}

function notAcceptable(where: string) {
  const message = "Corridor answers in FHIR R4 JSON or XML, in UTF-8: application/fhir+json or application/fhir+xml.";
  return unsupported("not-acceptable", message, { where });
}

/** In which form something was sent, in UTF-8. Problems: unsupported, code `media-type-not-supported`. */
export function sentFormat(contentType: string | undefined): Result<FhirFormat> {
  const format = contentType === undefined ? undefined : formatOfType.get(mediaTypeOf(contentType));
  const isOurs = contentType !== undefined && isUtf8(contentType) && isOurVersion(versionIn(contentType));
  return format !== undefined && isOurs ? ok(format) : failed(unsupportedMediaType);
}

export function isJsonPatch(contentType: string | undefined): boolean {
  return contentType !== undefined && mediaTypeOf(contentType) === jsonPatchType && isUtf8(contentType);
}

function isUtf8(contentType: string): boolean {
  const charset = parameterOf(contentType, "charset");
  return charset === undefined || charset === "utf-8" || charset === "utf8";
}

function versionIn(contentType: string): string | undefined {
  return contentType.includes(";") ? parameterOf(contentType, "fhirversion") : undefined;
}

export const unsupportedMediaType = unsupported(
  "media-type-not-supported",
  "Corridor takes FHIR R4 in UTF-8: say content-type application/fhir+json or application/fhir+xml.",
  { where: "Content-Type" },
);

/** The parameters of a form. Problems: unsupported, code `media-type-not-supported`. Source: FHIR R4 §3.1.1.1. */
export function readForm({ headers, body }: HttpRequest): Result<URLSearchParams> {
  if (mediaTypeOf(headers["content-type"] ?? "") === "application/x-www-form-urlencoded") {
    return ok(new URLSearchParams(Buffer.from(body).toString("utf8")));
  }
  const message = "A search by POST is sent as application/x-www-form-urlencoded.";
  return failed(unsupported("media-type-not-supported", message, { where: "Content-Type" }));
}
