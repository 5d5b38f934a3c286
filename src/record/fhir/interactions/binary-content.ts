import {
  failed,
  incorrect,
  isJsonObject,
  type Json,
  type JsonObject,
  limits,
  ok,
  type Problem,
  type Result,
} from "#kernel";
import { type Blob, type BlobHash, blobOf, isBlobHash } from "../../blobs/blob.ts";
import type { Version } from "../../documents/document.ts";
import { jsonText, parseJson } from "../../documents/json-text.ts";
import type { HealthRecord } from "../../health-record.ts";

/**
 * Content of more than `limits.blobInlineBytesMax` is a blob, which the Binary names in an extension of its `data`: neither
 * the database nor a list of Binaries holds it.
 */
const contentExtension = "urn:corridor:binary-content";

export interface KeptBinary {
  readonly body: JsonObject;
  /** Content that is kept beside the document. */
  readonly blob?: Blob;
}

/** A Binary of these bytes. The bytes are not copied where they become a blob. */
export function binaryOfBytes(members: JsonObject, bytes: Uint8Array): KeptBinary {
  if (bytes.length <= limits.blobInlineBytesMax) return { body: { ...members, data: base64Of(bytes) } };
  const blob = blobOf(bytes);
  return { body: { ...members, _data: namedContent(blob) }, blob };
}

/** The same of a Binary that was sent as a resource; one whose data is no base64 stays, for the check to find. */
export function binaryOfResource(body: JsonObject): KeptBinary {
  const { data, ...members } = body;
  if (body.resourceType !== "Binary" || typeof data !== "string") return { body };
  if (data.length <= (limits.blobInlineBytesMax * 4) / 3 || members._data !== undefined) return { body };
  const bytes = Buffer.from(data, "base64");
  return base64Of(bytes) === data.replace(/\s/g, "") ? binaryOfBytes(members, bytes) : { body };
}

/** Only Corridor itself names blobs: whoever could name one by its hash could read what they were never shown. */
export function reservedContentProblem(body: JsonObject): Problem | undefined {
  if (body.resourceType !== "Binary" || blobNamedIn(body) === undefined) return undefined;
  const message = "This extension is Corridor's own: send the content as data, as it is read by its id.";
  return incorrect("reserved-extension", message, { where: "Binary.data.extension" });
}

/** The content of a Binary. Problems: those of `readBlob`. */
export async function contentBytes(body: JsonObject, record: HealthRecord): Promise<Result<Uint8Array>> {
  const hash = blobNamedIn(body);
  if (hash !== undefined) return record.readBlob(hash);
  return ok(Buffer.from(typeof body.data === "string" ? body.data : "", "base64"));
}

/** The JSON text of a Binary, its content among it wherever it is kept. Problems: those of `readBlob`. */
export async function wholeText(version: Version, record: HealthRecord): Promise<Result<string>> {
  if (!version.body.includes(contentExtension)) return ok(version.body);
  const parsed = parseJson(version.body, Number.POSITIVE_INFINITY);
  if (!parsed.ok) return parsed;
  const { _data, data: _none, ...members } = parsed.value as JsonObject;
  const content = await contentBytes(parsed.value as JsonObject, record);
  if (!content.ok) return failed(...content.problems);
  // The content is put in as it stands: base64 has nothing that JSON would escape.
  return ok(`${jsonText(members).slice(0, -1)},"data":"${base64Of(content.value)}"}`);
}

function namedContent({ hash, bytes }: Blob): JsonObject {
  const extension = [
    { url: "hash", valueString: hash },
    { url: "bytes", valueInteger: bytes.length },
  ];
  return { extension: [{ url: contentExtension, extension }] };
}

function blobNamedIn(body: JsonObject): BlobHash | undefined {
  const content = extensionsOf(body._data).find(({ url }) => url === contentExtension);
  const hash = extensionsOf(content).find(({ url }) => url === "hash")?.valueString;
  if (content === undefined) return undefined;
  return typeof hash === "string" && isBlobHash(hash) ? hash : noBlob;
}

/** Names nothing: an extension without a hash is still ours. */
const noBlob = "0".repeat(64) as BlobHash;

function extensionsOf(element: Json | undefined): readonly JsonObject[] {
  const extension = isJsonObject(element) ? element.extension : undefined;
  return Array.isArray(extension) ? extension.filter(isJsonObject) : [];
}

function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}
