import type { Attachment, Binary, CodeableConcept, DocumentReference } from "#standards/fhir";
import { codeableConcept } from "../messages/datatypes/cwe.ts";
import { dateTimeIn, instantIn } from "../messages/datatypes/ts.ts";
import { practitioner } from "../messages/datatypes/xcn.ts";
import { deterministicId } from "../messages/deterministic-id.ts";
import type { PlannedCompanion, PlannedResult } from "../messages/plan.ts";
import { list, present } from "../messages/present.ts";
import { carryAttachment, type SentAttachment } from "./attachment.ts";
import type { ReportContext } from "./observation.ts";
import { type ObservationStatus, observationStatus } from "./result-status.ts";
import type { ObservationText } from "./text-report.ts";

export interface PlannedDocument {
  /** The DocumentReference, and the Binary when the content came with the message. */
  readonly planned: readonly (PlannedResult | PlannedCompanion)[];
  /** For DiagnosticReport.presentedForm. */
  readonly form: Attachment;
}

export interface SentDocument {
  readonly text: ObservationText;
  readonly attachment: SentAttachment;
  readonly occurrence: number;
}

/**
 * A document in OBX-5: a DocumentReference, its content in a Binary of its own, so that lists stay light.
 * Source: v2-to-FHIR ED[DocumentReference], RP[DocumentReference].
 */
export function document({ text, attachment, occurrence }: SentDocument, report: ReportContext): PlannedDocument {
  const { obx } = text;
  carryAttachment(text);
  const type = codeableConcept(obx.field(3));
  const status = observationStatus(obx, report.status);
  const id = deterministicId("DocumentReference", ...report.identity, obx.peek(3), obx.text(4), String(occurrence));
  const binary = attachment.is === "content" ? binaryOf(attachment, { id, where: obx.where }) : undefined;
  const form = formOf(attachment, { binaryId: binary?.id, title: titleOf(type) });
  const stated = report.times.reportedAt ?? instantIn(obx.field(19));
  const author = list(...obx.fields(16).map(practitioner));
  const resource = present<DocumentReference>({
    resourceType: "DocumentReference",
    status: status === "entered-in-error" ? "entered-in-error" : "current",
    docStatus: docStatuses[status],
    type,
    subject: report.situation.subject,
    date: stated ?? report.situation.sentAt,
    author,
    content: [{ attachment: present<Attachment>({ ...form, creation: dateTimeIn(obx.field(14)) }) }],
    context: report.situation.encounter && { encounter: [report.situation.encounter] },
  });
  const reference: PlannedResult = {
    rule: "result",
    id,
    where: obx.where,
    resource,
    isReportTimeStated: stated !== undefined,
  };
  return { planned: binary === undefined ? [reference] : [reference, binary], form };
}

const docStatuses: Readonly<Record<ObservationStatus, DocumentReference["docStatus"]>> = {
  registered: "preliminary",
  preliminary: "preliminary",
  final: "final",
  amended: "amended",
  corrected: "amended",
  cancelled: undefined,
  "entered-in-error": "entered-in-error",
  unknown: undefined,
};

function binaryOf(
  { contentType, base64 }: { readonly contentType: string; readonly base64: string },
  { id, where }: { readonly id: string; readonly where: string },
): PlannedCompanion {
  const resource: Binary = { resourceType: "Binary", contentType, data: base64 };
  return { rule: "companion", id: deterministicId("Binary", id), of: id, where, resource };
}

function formOf(
  attachment: SentAttachment,
  { binaryId, title }: { readonly binaryId: string | undefined; readonly title: string | undefined },
): Attachment {
  if (attachment.is === "address") {
    return present<Attachment>({ contentType: attachment.contentType, url: attachment.url, title });
  }
  const { contentType, base64 } = attachment;
  const padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
  return present<Attachment>({
    contentType,
    url: `Binary/${binaryId}`,
    size: (base64.length / 4) * 3 - padding,
    title,
  });
}

function titleOf(type: CodeableConcept | undefined): string | undefined {
  return type?.text ?? type?.coding?.find(({ display }) => display !== undefined)?.display;
}
