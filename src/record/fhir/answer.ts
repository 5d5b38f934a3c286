import { type HttpReply, toIso } from "#kernel";
import { operationOutcome } from "#standards/fhir";
import type { Version } from "../documents/document.ts";
import type { Outcome } from "../documents/operation.ts";
import { objectText } from "./bundle-text.ts";
import { fhirTypes } from "./media-type.ts";
import { etagOf, httpDateOf } from "./precondition.ts";
import type { Preferences } from "./preferences.ts";

/** What came of an interaction, for the head of a reply or for the response of a Bundle entry. */
export interface Answer {
  readonly status: 200 | 201 | 202 | 204 | 206 | 304 | 416;
  /** What it is about; its version and time are told. */
  readonly version?: Version;
  /** Whether the address of that version is told too: after a write. */
  readonly isWritten?: boolean;
  /** A resource as JSON text, or content of another type. */
  readonly body?: string | Uint8Array;
  /** Besides what is told of the version; a content type other than FHIR's. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Source: FHIR R4 §3.1.0.1 (Location, ETag, Last-Modified). */
export function replyOf({ status, version, isWritten, body, headers }: Answer, base: string): HttpReply {
  const told: Record<string, string> = {};
  if (version !== undefined) {
    told.etag = etagOf(version);
    told["last-modified"] = httpDateOf(version);
    if (isWritten && version.action !== "delete") told.location = locationOf(version, base);
  }
  if (body !== undefined) told["content-type"] = fhirTypes.json;
  return { status, headers: { ...told, ...headers }, ...(body === undefined ? {} : { body }) };
}

export function locationOf({ kind, id, version }: Version, base: string): string {
  return `${base}/${kind}/${id}/_history/${version}`;
}

const statusOfEffect = { created: 201, updated: 200, deleted: 204, none: 200 } as const;

/** What a create or update is answered with, as the caller prefers; the whole resource where nothing is said. */
export function writtenAnswer({ effect, version }: Outcome, prefer: Preferences): Answer {
  const answer: Answer = { status: statusOfEffect[effect], version, isWritten: true };
  switch (prefer.answer) {
    case "minimal":
      return answer;
    case "OperationOutcome":
      return { ...answer, body: JSON.stringify(operationOutcome([])) };
    case "representation":
    case undefined:
      return { ...answer, body: version.body };
  }
}

const reasons: Readonly<Record<number, string>> = {
  200: "OK",
  201: "Created",
  202: "Accepted",
  204: "No Content",
  304: "Not Modified",
};

/** The answer as Bundle.entry.response. Source: FHIR R4 §2.36 (Bundle.entry.response). */
export function entryResponse({ status, version, isWritten }: Answer, base: string): string {
  const isLocated = version !== undefined && isWritten === true && version.action !== "delete";
  return objectText({
    status: JSON.stringify(statusText(status)),
    location: isLocated ? JSON.stringify(locationOf(version, base)) : undefined,
    etag: version === undefined ? undefined : JSON.stringify(etagOf(version)),
    lastModified: version === undefined ? undefined : JSON.stringify(toIso(version.at)),
  });
}

/** `201 Created`; without the reason where it is not known here. */
export function statusText(status: number): string {
  const reason = reasons[status];
  return reason === undefined ? String(status) : `${status} ${reason}`;
}
