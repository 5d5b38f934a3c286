import { failed, incorrect, ok, type Result } from "#kernel";
import type { Version } from "../documents/document.ts";

/** `W/"3"`. Source: FHIR R4 §3.1.0.1.3 (ETag is the version). */
export function etagOf(version: Version): string {
  return `W/"${version.version}"`;
}

/** `Mon, 02 Mar 2026 09:00:00 GMT`. Source: RFC 9110 §5.6.7. */
export function httpDateOf(version: Version): string {
  return new Date(version.at).toUTCString();
}

const etag = /^(?:W\/)?"(\d{1,9})"$/;

/** Source: FHIR R4 §3.1.0.5 (managing resource contention). */
function ifMatchVersion(header: string | undefined): Result<number | undefined> {
  if (header === undefined) return ok(undefined);
  const version = etag.exec(header.trim())?.[1];
  if (version !== undefined) return ok(Number(version));
  return failed(
    incorrect("wrong-etag", 'If-Match must name one version, written W/"3" as ETag gives it.', { where: "If-Match" }),
  );
}

/**
 * Whether the caller of a read has this version already, by If-None-Match or If-Modified-Since; the first outweighs
 * the second. Source: FHIR R4 §3.1.0.2.1 (conditional read); RFC 9110 §13.2.2.
 */
export function isKnownToCaller(version: Version, headers: Readonly<Record<string, string | undefined>>): boolean {
  const ifNoneMatch = headers["if-none-match"];
  if (ifNoneMatch !== undefined) {
    const tags = ifNoneMatch.split(",").map((tag) => tag.trim());
    return tags.some((tag) => tag === "*" || etag.exec(tag)?.[1] === String(version.version));
  }
  const since = Date.parse(headers["if-modified-since"] ?? "");
  // The header has whole seconds.
  return !Number.isNaN(since) && Math.floor(version.at / 1000) * 1000 <= since;
}

/**
 * The version a write must find, by If-Match; 0, that it must find none, by `If-None-Match: *`. Undefined without either.
 * Problems: incorrect, code `wrong-etag`.
 */
export function writeGuard(headers: Readonly<Record<string, string | undefined>>): Result<number | undefined> {
  const ifNoneMatch = headers["if-none-match"];
  if (ifNoneMatch === undefined) return ifMatchVersion(headers["if-match"]);
  if (ifNoneMatch.trim() === "*" && headers["if-match"] === undefined) return ok(0);
  const message = "With a write, If-None-Match may only be *, for a resource that must not exist.";
  return failed(incorrect("wrong-etag", message, { where: "If-None-Match" }));
}
