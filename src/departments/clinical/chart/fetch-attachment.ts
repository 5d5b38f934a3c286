import { failed, type HttpReply, type HttpRequest, notFound, ok, type Result } from "#kernel";
import { type HealthRecord, parseBody } from "#record";
import type { Attachment, Binary } from "#standards/fhir";
import { type Attaching, attachmentsIn } from "./attachment.ts";
import { relative } from "./resource-map.ts";

/** The bytes of a Binary that belongs to this patient's chart. Problems: not-found. */
export async function fetchBinary(record: HealthRecord, { params }: HttpRequest): Promise<Result<HttpReply>> {
  const { id: patientId = "", binaryId = "" } = params;
  const version = await record.read("Binary", binaryId);
  if (!version.ok) return version;
  const binary = parseBody<Binary>(version.value);
  const context = binary.securityContext?.reference;
  const isOther = context !== undefined && /Patient\//.test(context) && relative(context) !== `Patient/${patientId}`;
  return isOther ? noAttachment() : contentReply(binary);
}

/** The bytes of an attachment that stands inside a resource of this patient. Problems: not-found. */
export async function fetchInside(record: HealthRecord, { params }: HttpRequest): Promise<Result<HttpReply>> {
  const { id: patientId = "", kind = "", resourceId = "", number = "" } = params;
  if (!isAttachingKind(kind)) return noAttachment();
  const version = await record.read(kind, resourceId);
  if (!version.ok) return version;
  const resource = parseBody<Attaching>(version.value);
  if (relative(resource.subject?.reference ?? "") !== `Patient/${patientId}`) return noAttachment();
  const attachment = attachmentsIn(resource)[Number(number)];
  return attachment === undefined ? noAttachment() : contentReply(attachment);
}

function isAttachingKind(kind: string): kind is Attaching["resourceType"] {
  return kind === "DiagnosticReport" || kind === "DocumentReference" || kind === "Observation";
}

function contentReply({ data, contentType }: Pick<Attachment, "data" | "contentType">): Result<HttpReply> {
  if (data === undefined) return noAttachment();
  const headers = { "content-type": contentType ?? "application/octet-stream", "content-disposition": "inline" };
  return ok({ status: 200, headers, body: Buffer.from(data, "base64") });
}

function noAttachment(): Result<never> {
  return failed(notFound("not-found", "There is no such attachment in this chart."));
}
