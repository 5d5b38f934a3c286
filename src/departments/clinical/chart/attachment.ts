import type { Attachment, DiagnosticReport, DocumentReference, Observation } from "#standards/fhir";
import type { Attachment as AttachmentView } from "../api.ts";
import { present } from "../messages/present.ts";

/** Resources that carry attachments. */
export type Attaching = DiagnosticReport | DocumentReference | Observation;

const titles: Readonly<Record<string, string>> = {
  "application/pdf": "PDF document",
  "text/plain": "Text",
  "text/html": "Web page",
  "text/rtf": "Formatted text",
  "application/rtf": "Formatted text",
};

/** Every attachment of a resource, in its order; R4 gives a result none, so there it is in an extension. */
export function attachmentsIn(resource: Attaching): readonly Attachment[] {
  switch (resource.resourceType) {
    case "DiagnosticReport":
      return resource.presentedForm ?? [];
    case "DocumentReference":
      return resource.content.map((content) => content.attachment);
    case "Observation":
      return (resource.extension ?? []).flatMap((extension) => extension.valueAttachment ?? []);
  }
}

/**
 * The attachments of a resource that can be opened: a Binary in the record, an address outside, or content inside the
 * resource itself. Plain text inside a report is left out: it is shown as its text.
 */
export function attachmentViews(resource: Attaching, patientId: string): readonly AttachmentView[] {
  return attachmentsIn(resource).flatMap((attachment, at) => {
    if (isTextInside(attachment) && resource.resourceType === "DiagnosticReport") return [];
    const inside = `${chartPath(patientId)}/inside/${resource.resourceType}/${resource.id ?? ""}/${at}`;
    return attachmentView(attachment, { patientId, inside });
  });
}

/** Plain text whose content stands in the resource. */
export function isTextInside({ data, contentType }: Attachment): boolean {
  return data !== undefined && contentType?.split(";")[0]?.trim() === "text/plain";
}

interface Addresses {
  readonly patientId: string;
  /** Where content inside the resource is served. */
  readonly inside: string;
}

function attachmentView(attachment: Attachment, addresses: Addresses): readonly AttachmentView[] {
  const url = addressOf(attachment, addresses);
  if (url === undefined) return [];
  const contentType = attachment.contentType ?? "application/octet-stream";
  return [
    present<AttachmentView>({
      title: attachment.title ?? titles[contentType.split(";")[0] ?? ""] ?? contentType,
      contentType,
      url,
      sizeBytes: attachment.size,
      created: attachment.creation,
    }),
  ];
}

function addressOf({ url, data }: Attachment, { patientId, inside }: Addresses): string | undefined {
  const binaryId = /(?:^|\/)Binary\/([A-Za-z0-9\-.]{1,64})$/.exec(url ?? "")?.[1];
  if (binaryId !== undefined) return `${chartPath(patientId)}/attachments/${binaryId}`;
  if (url !== undefined) return /^https?:\/\//.test(url) ? url : undefined;
  return data === undefined ? undefined : inside;
}

function chartPath(patientId: string): string {
  return `/api/clinical/patients/${patientId}`;
}
