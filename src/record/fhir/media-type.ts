import { failed, type HttpRequest, ok, type Result, unsupported } from "#kernel";

/** How Corridor's FHIR is written on the wire. */
export const fhirJson = "application/fhir+json; charset=utf-8";

/** Media types that mean FHIR in JSON; the last is of older releases. Source: FHIR R4 §2.6.1, §3.1.0.1.11 (mime types). */
const jsonTypes: ReadonlySet<string> = new Set(["application/fhir+json", "application/json", "application/json+fhir"]);
const jsonFormats: ReadonlySet<string> = new Set([...jsonTypes, "json"]);
const wildcards: ReadonlySet<string> = new Set(["*/*", "application/*"]);

/** `application/fhir+json` of `application/fhir+json; charset=utf-8`. */
export function mediaTypeOf(header: string): string {
  const end = header.indexOf(";");
  return (end === -1 ? header : header.slice(0, end)).trim().toLowerCase();
}

export function isFhirJson(mediaType: string): boolean {
  return jsonTypes.has(mediaType);
}

export function acceptedTypes(accept: string | undefined): readonly string[] {
  return accept === undefined ? [] : accept.split(",").map(mediaTypeOf);
}

/**
 * That the caller takes JSON. `_format` outweighs the header. A `+` in it that was not escaped has become a space.
 * Problems: unsupported, code `not-acceptable`. Source: FHIR R4 §3.1.0.1.11.
 */
export function checkAccepted(format: string | null, accept: string | undefined): Result<undefined> {
  if (format !== null) {
    return jsonFormats.has(mediaTypeOf(format).replace(" ", "+")) ? ok(undefined) : failed(onlyJson("_format"));
  }
  const types = acceptedTypes(accept);
  const isTaken = types.length === 0 || types.some((type) => jsonTypes.has(type) || wildcards.has(type));
  return isTaken ? ok(undefined) : failed(onlyJson("Accept"));
}

function onlyJson(where: string) {
  return unsupported("not-acceptable", "Corridor answers in JSON only: application/fhir+json.", { where });
}

/** That what is sent is JSON in UTF-8. Problems: unsupported, code `media-type-not-supported`. */
export function checkSent(contentType: string | undefined): Result<undefined> {
  const charset = /;\s*charset="?([^";\s]+)/i.exec(contentType ?? "")?.[1]?.toLowerCase();
  const isJson = contentType !== undefined && jsonTypes.has(mediaTypeOf(contentType));
  if (isJson && (charset === undefined || charset === "utf-8" || charset === "utf8")) return ok(undefined);
  return failed(unsupportedMediaType);
}

export const unsupportedMediaType = unsupported(
  "media-type-not-supported",
  "Corridor takes JSON in UTF-8 only: say content-type application/fhir+json.",
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
