import type { Problem } from "#kernel";
import { formatNhsNumber } from "#standards/fhir";
import type { MessageReasonView, MessageRow, MessageState, SentPatient } from "../api.ts";
import type { LinkMessage, MessageEnd, MessageReason } from "../messages/link-message.ts";
import { present } from "../messages/present.ts";

const stateTexts: Readonly<Record<MessageState, string>> = {
  received: "Kept, not mapped yet",
  mapped: "In the record",
  stale: "Older than what the record holds",
  held: "Held for a person",
  rejected: "Rejected",
  routed: "Passed on",
  filtered: "Filtered",
};

export function stateText(state: MessageState): string {
  return stateTexts[state];
}

/** A message in one line of the browser. `delay`: why it could not be mapped, which is told for as long as it is not. */
export function messageRow(id: string, message: LinkMessage, delay: readonly MessageReason[] = []): MessageRow {
  return present<MessageRow>({
    id,
    arrivedAt: message.arrivedAt,
    link: message.link,
    type: message.type,
    hl7Version: message.version,
    controlId: message.controlId,
    sender: endText(message.sender),
    patient: sentPatient(message),
    orders: message.orders,
    state: message.state,
    stateText: stateTexts[message.state],
    reasons: reasonViews(message, delay),
    ackCode: message.acknowledgement?.code,
    sizeBytes: message.raw.sizeBytes,
  });
}

export function reasonViews(
  { state, reasons }: Pick<LinkMessage, "state" | "reasons">,
  delay: readonly MessageReason[] = [],
): readonly MessageReasonView[] {
  return [...reasons, ...(state === "received" ? delay : [])].map(reasonView);
}

export function reasonView(reason: Pick<Problem, "category" | "code" | "message" | "where">): MessageReasonView {
  const { category, code, message, where } = reason;
  return present<MessageReasonView>({ category, code, message, where });
}

/** `PATHLAB at MEADOWLAB`. */
export function endText({ application, facility }: MessageEnd): string {
  if (application === undefined) return facility ?? "not stated";
  return facility === undefined ? application : `${application} at ${facility}`;
}

function sentPatient({ patient, patientReference }: LinkMessage): SentPatient {
  return present<SentPatient>({
    nhsNumber: patient.nhsNumber === undefined ? undefined : formatNhsNumber(patient.nhsNumber),
    hospitalNumbers: patient.hospitalNumbers,
    record: patientReference?.replace(/^Patient\//, ""),
  });
}
