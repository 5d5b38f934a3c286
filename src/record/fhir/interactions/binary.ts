import { failed, incorrect, isJsonObject, type JsonObject, ok, type Problem, type Result } from "#kernel";
import { isResourceType, operationOutcome, parseReference } from "#standards/fhir";
import { parseBody, type Version } from "../../documents/document.ts";
import type { Answer } from "../answer.ts";
import type { Asked } from "../asked.ts";
import type { FhirContext } from "../context.ts";
import { acceptedTypes, isFhirJson, isFhirXml, mediaTypeOf, unsupportedMediaType } from "../media-type.ts";
import {
  binaryOfBytes,
  binaryOfResource,
  contentBytes,
  type KeptBinary,
  reservedContentProblem,
  wholeText,
} from "./binary-content.ts";
import { askedRange } from "./byte-range.ts";
import { create } from "./create.ts";
import { readNewest, readOneVersion } from "./read.ts";
import { update } from "./update.ts";

/**
 * The content itself, in its own type, or the part of it that is asked for, unless the caller names FHIR's JSON or XML.
 * Source: FHIR R4 §2.36.4 (Binary, serving).
 */
export async function readBinary(asked: Asked, context: FhirContext): Promise<Result<Answer>> {
  const read = asked.params.version === undefined ? readNewest : readOneVersion;
  const answer = await read(asked, context);
  if (!answer.ok || answer.value.status !== 200 || answer.value.version === undefined) return answer;
  const { version } = answer.value;
  const body = parseBody<JsonObject>(version);
  const refused = await securityProblem(body, context);
  if (refused !== undefined) return failed(refused);
  if (!isResourceWanted(asked)) return contentAnswer(version, body, { asked, context });
  if (answer.value.body !== version.body) return answer;
  const text = await wholeText(version, context.record);
  return text.ok ? ok({ ...answer.value, body: text.value }) : text;
}

/** Whoever may not read what the content belongs to may not read the content. Source: FHIR R4 §2.36.3 (securityContext). */
async function securityProblem(body: JsonObject, { record }: FhirContext): Promise<Problem | undefined> {
  const reference = contextOf(body);
  const literal = reference === undefined ? undefined : parseReference(reference);
  if (literal === undefined || literal.base !== undefined || !isResourceType(literal.type)) return undefined;
  const read = await record.read(literal.type, literal.id);
  return read.ok || read.problems[0].category !== "forbidden" ? undefined : read.problems[0];
}

function contextOf({ securityContext }: JsonObject): string | undefined {
  const reference = isJsonObject(securityContext) ? securityContext.reference : undefined;
  return typeof reference === "string" ? reference : undefined;
}

/** Plain `application/xml` is the type of many a document, so it does not ask for FHIR's. */
export function isResourceWanted({ query, headers }: Pick<Asked, "query" | "headers">): boolean {
  if (query.has("_format")) return true;
  return acceptedTypes(headers.accept).some(
    ({ type, quality }) => quality > 0 && (isFhirJson(type) || isFhirXml(type)),
  );
}

/** Types that a browser shows without running anything that stands in them. */
const shownTypes: ReadonlySet<string> = new Set([
  "application/pdf",
  "image/bmp",
  "image/gif",
  "image/jpeg",
  "image/png",
  "image/tiff",
  "image/webp",
  "text/plain",
]);

const mediaType = /^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+(?:\s*;\s*[a-z0-9_-]+="?[a-z0-9_.+:-]*"?)*$/i;

interface Serving {
  readonly asked: Asked;
  readonly context: FhirContext;
}

async function contentAnswer(version: Version, body: JsonObject, { asked, context }: Serving): Promise<Result<Answer>> {
  const content = await contentBytes(body, context.record);
  if (!content.ok) return content;
  const { length } = content.value;
  const range = askedRange(asked.headers, version, length);
  if (range === "beyond") return ok(beyondAnswer(length));
  const headers = { ...contentHeaders(version, body), "accept-ranges": "bytes" };
  if (range === "whole") return ok({ status: 200, version, body: content.value, headers });
  const { from, to } = range;
  const part = content.value.subarray(from, to);
  const told = { ...headers, "content-range": `bytes ${from}-${to - 1}/${length}` };
  return ok({ status: 206, version, body: part, headers: told });
}

/** Source: RFC 9110 §15.5.17 (416). */
function beyondAnswer(length: number): Answer {
  const problem = incorrect("range-not-satisfiable", `The content has ${length} bytes.`, { where: "Range" });
  const headers = { "content-range": `bytes */${length}` };
  return { status: 416, body: JSON.stringify(operationOutcome([problem])), headers };
}

/** What was stored by others is never a page of ours: whatever is not known to be harmless is offered for download. */
function contentHeaders(version: Version, body: JsonObject): Readonly<Record<string, string>> {
  const contentType = String(body.contentType);
  const type = mediaType.test(contentType) ? contentType : "application/octet-stream";
  const isShown = shownTypes.has(mediaTypeOf(type));
  const context = contextOf(body);
  return {
    "content-type": type,
    "content-disposition": `${isShown ? "inline" : "attachment"}; filename="${version.id}"`,
    "x-content-type-options": "nosniff",
    ...(context !== undefined && /^[\x21-\x7e]+$/.test(context) ? { "x-security-context": context } : {}),
  };
}

export async function createBinary(asked: Asked, context: FhirContext): Promise<Result<Answer>> {
  const sent = withContent(asked);
  return sent.ok ? create(sent.value, context) : sent;
}

export async function updateBinary(asked: Asked, context: FhirContext): Promise<Result<Answer>> {
  const sent = withContent(asked);
  return sent.ok ? update(sent.value, context) : sent;
}

/** What is sent in another type than FHIR's is the content of a Binary. */
function withContent(asked: Asked): Result<Asked> {
  const contentType = asked.headers["content-type"];
  const type = contentType === undefined ? "" : mediaTypeOf(contentType);
  const isResource = isFhirJson(type) || isFhirXml(type);
  const kept = isResource ? keptResource(asked) : keptContent(asked, contentType);
  if (!kept.ok) return kept;
  const { body, blob } = kept.value;
  return ok({ ...asked, resource: () => ok(body), ...(blob === undefined ? {} : { blob }) });
}

function keptResource(asked: Asked): Result<KeptBinary> {
  const sent = asked.resource();
  if (!sent.ok) return sent;
  const reserved = reservedContentProblem(sent.value);
  return reserved === undefined ? ok(binaryOfResource(sent.value)) : failed(reserved);
}

function keptContent({ params, headers, bytes }: Asked, contentType: string | undefined): Result<KeptBinary> {
  if (contentType === undefined || mediaTypeOf(contentType).startsWith("application/fhir+")) {
    return failed(unsupportedMediaType);
  }
  if (bytes.length === 0) return failed(incorrect("empty-value", "There is no content.", { where: "Binary.data" }));
  const reference = headers["x-security-context"];
  const members = {
    resourceType: "Binary",
    ...(params.id === undefined ? {} : { id: params.id }),
    contentType: contentType.trim(),
    ...(reference === undefined ? {} : { securityContext: { reference } }),
  };
  return ok(binaryOfBytes(members, bytes));
}
