import { failed, incorrect, type JsonObject, ok, type Result } from "#kernel";
import type { Binary } from "#standards/fhir";
import { parseBody, type Version } from "../../documents/document.ts";
import type { Answer } from "../answer.ts";
import type { Asked } from "../asked.ts";
import type { FhirContext } from "../context.ts";
import { acceptedTypes, isFhirJson, isFhirXml, mediaTypeOf, unsupportedMediaType } from "../media-type.ts";
import { create } from "./create.ts";
import { readNewest, readOneVersion } from "./read.ts";
import { update } from "./update.ts";

/**
 * The content itself, in its own type, unless the caller names FHIR's JSON. Source: FHIR R4 §2.36.4 (Binary, serving).
 */
export async function readBinary(asked: Asked, context: FhirContext): Promise<Result<Answer>> {
  const read = asked.params.version === undefined ? readNewest : readOneVersion;
  const answer = await read(asked, context);
  if (isResourceWanted(asked) || !answer.ok || answer.value.status !== 200 || answer.value.version === undefined)
    return answer;
  return ok({ status: 200, version: answer.value.version, ...contentOf(answer.value.version) });
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

/** What was stored by others is never a page of ours: whatever is not known to be harmless is offered for download. */
function contentOf(version: Version): Pick<Answer, "body" | "headers"> {
  const { contentType, data } = parseBody<Binary>(version);
  const type = mediaType.test(contentType) ? contentType : "application/octet-stream";
  const isShown = shownTypes.has(mediaTypeOf(type));
  return {
    body: Buffer.from(data ?? "", "base64"),
    headers: {
      "content-type": type,
      "content-disposition": `${isShown ? "inline" : "attachment"}; filename="${version.id}"`,
      "x-content-type-options": "nosniff",
    },
  };
}

export async function createBinary(asked: Asked, context: FhirContext): Promise<Result<Answer>> {
  return create(withContent(asked), context);
}

export async function updateBinary(asked: Asked, context: FhirContext): Promise<Result<Answer>> {
  return update(withContent(asked), context);
}

/** What is sent in another type than FHIR's is the content of a Binary. */
function withContent(asked: Asked): Asked {
  const contentType = asked.headers["content-type"];
  const type = contentType === undefined ? "" : mediaTypeOf(contentType);
  if (isFhirJson(type) || isFhirXml(type)) return asked;
  return { ...asked, resource: () => binaryOf(asked, contentType) };
}

function binaryOf({ params, headers, bytes }: Asked, contentType: string | undefined): Result<JsonObject> {
  if (contentType === undefined || mediaTypeOf(contentType).startsWith("application/fhir+")) {
    return failed(unsupportedMediaType);
  }
  if (bytes.length === 0) return failed(incorrect("empty-value", "There is no content.", { where: "Binary.data" }));
  const reference = headers["x-security-context"];
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
  return ok({
    resourceType: "Binary",
    ...(params.id === undefined ? {} : { id: params.id }),
    contentType: contentType.trim(),
    ...(reference === undefined ? {} : { securityContext: { reference } }),
    data,
  });
}
