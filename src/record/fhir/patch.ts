import {
  failed,
  type HttpRequest,
  incorrect,
  isJsonObject,
  type Json,
  type JsonObject,
  ok,
  type Result,
  unsupported,
} from "#kernel";
import { applyFhirPathPatch, applyJsonPatch } from "#standards/fhir-patch";
import type { Version } from "../documents/document.ts";
import { jsonText, parseJson } from "../documents/json-text.ts";
import { reservedContentProblem } from "./interactions/binary-content.ts";
import { isJsonPatch, sentFormat } from "./media-type.ts";
import { readJson, readResource } from "./resource-body.ts";

/** What a patch makes of a document. Problems: of the patch, and where the document is not as it expects. */
export type Patch = (document: JsonObject) => Result<Json>;

/** How patches are sent, for the CapabilityStatement. */
export const patchFormats: readonly string[] = [
  "application/json-patch+json",
  "application/fhir+json",
  "application/fhir+xml",
];

/**
 * The patch in the body of a request: a JSON Patch, or a FHIRPath Patch, which is a Parameters. Problems:
 * `media-type-not-supported`, `wrong-kind`, and those of reading JSON or XML. Source: FHIR R4 §3.1.0.6 (patch).
 */
export function readPatch({ headers, body }: Pick<HttpRequest, "headers" | "body">): Result<Patch> {
  if (isJsonPatch(headers["content-type"])) {
    const operations = readJson(body);
    return operations.ok ? ok((document) => applyJsonPatch(document, operations.value)) : operations;
  }
  if (!sentFormat(headers["content-type"]).ok) return failed(unsupportedPatch);
  const parameters = readResource({ headers, body });
  return parameters.ok ? fhirPathPatch(parameters.value) : parameters;
}

/** The patch of a Bundle entry: a Binary that holds a JSON Patch, or a Parameters. Source: FHIR R4 §3.1.0.6. */
export function entryPatch(resource: JsonObject): Result<Patch> {
  const { resourceType, contentType, data } = resource;
  if (resourceType !== "Binary") return fhirPathPatch(resource);
  if (typeof contentType !== "string" || typeof data !== "string" || !isJsonPatch(contentType)) {
    return failed({ ...unsupportedPatch, where: "Binary.contentType" });
  }
  return readPatch({ headers: { "content-type": contentType }, body: Buffer.from(data, "base64") });
}

function fhirPathPatch(parameters: JsonObject): Result<Patch> {
  if (parameters.resourceType === "Parameters") return ok((document) => applyFhirPathPatch(document, parameters));
  return failed(incorrect("wrong-kind", "A patch is a JSON Patch or a Parameters.", { where: "Parameters" }));
}

const unsupportedPatch = unsupported(
  "media-type-not-supported",
  "A patch is sent as application/json-patch+json, or as a Parameters in application/fhir+json or application/fhir+xml.",
  { where: "Content-Type" },
);

/**
 * The body of a version after the patch, its numbers as they were written. Problems: those of the patch; incorrect, code
 * `patch-changes-identity`, where type or id would not be the same.
 */
export function patchedBody({ kind, id, body }: Version, patch: Patch): Result<JsonObject> {
  const document = parseJson(body, Number.POSITIVE_INFINITY);
  if (!document.ok) return document;
  const patched = patch(document.value as JsonObject);
  if (!patched.ok) return patched;
  const { value } = patched;
  if (isJsonObject(value) && value.resourceType === kind && value.id === id) {
    const isSameContent = jsonText(value._data ?? null) === jsonText((document.value as JsonObject)._data ?? null);
    const reserved = isSameContent ? undefined : reservedContentProblem(value);
    return reserved === undefined ? ok(value) : failed(reserved);
  }
  const message = "A patch may not change what the resource is: its resourceType and its id stay.";
  return failed(incorrect("patch-changes-identity", message, { where: kind }));
}
