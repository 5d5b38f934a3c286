import type { Attachment } from "#standards/fhir";
import type { Attachment as AttachmentView } from "../api.ts";
import { present } from "./present.ts";

const titles: Readonly<Record<string, string>> = {
  "application/pdf": "PDF document",
  "text/plain": "Text",
  "text/html": "Web page",
  "text/rtf": "Formatted text",
  "application/rtf": "Formatted text",
};

/** Where a Binary of a patient's chart is served. */
export function attachmentPath(patientId: string, binaryId: string): string {
  return `/api/clinical/patients/${patientId}/attachments/${binaryId}`;
}

/**
 * An attachment that can be opened: a Binary in the record, an address outside, or content inside the resource.
 * Undefined where there is nothing to open.
 */
export function attachmentView(attachment: Attachment | undefined, patientId: string): AttachmentView | undefined {
  const url = attachment === undefined ? undefined : addressOf(attachment, patientId);
  if (attachment === undefined || url === undefined) return undefined;
  const contentType = attachment.contentType ?? "application/octet-stream";
  return present({
    title: attachment.title ?? titles[contentType.split(";")[0] ?? ""] ?? contentType,
    contentType,
    url,
    sizeBytes: attachment.size,
    created: attachment.creation,
  });
}

function addressOf({ url, data, contentType }: Attachment, patientId: string): string | undefined {
  const binaryId = /(?:^|\/)Binary\/([A-Za-z0-9\-.]{1,64})$/.exec(url ?? "")?.[1];
  if (binaryId !== undefined) return attachmentPath(patientId, binaryId);
  if (url !== undefined) return /^https?:\/\//.test(url) ? url : undefined;
  return data === undefined ? undefined : `data:${contentType ?? "application/octet-stream"};base64,${data}`;
}
