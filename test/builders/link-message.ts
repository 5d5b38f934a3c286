import type { LinkMessage } from "#departments/clinical";
import { blobOf, type Operation } from "#record";
import { mrsOsei } from "../ward/index.ts";

export interface SentMessage {
  readonly id: string;
  /** As received. */
  readonly text: string;
  readonly fields?: Partial<LinkMessage>;
}

/** What is kept of a message from the laboratory about Mrs Osei, mapped, unless said otherwise. */
export function aLinkMessage({ id, text, fields = {} }: SentMessage) {
  const blob = blobOf(Buffer.from(text));
  const body: LinkMessage = {
    link: "lab",
    connection: "lab-1",
    arrivedAt: "2026-03-02T08:59:30.000Z",
    state: "mapped",
    reasons: [],
    raw: { hash: blob.hash, sizeBytes: blob.bytes.length, charset: "UNICODE UTF-8" },
    controlId: "M-0001",
    type: "ORU^R01",
    version: "2.4",
    sentAt: "20261123093000+0000",
    sender: { application: "PATHLAB", facility: "MEADOWLAB" },
    receiver: { application: "CORRIDOR", facility: "MEADOW" },
    patient: { nhsNumber: mrsOsei.nhsNumber, hospitalNumbers: [mrsOsei.hospitalNumber] },
    orders: [{ placer: "ICE-70021", filler: "26B004711" }],
    resources: [],
    acknowledgement: { code: "AA", text: "MSH|^~\\&|\rMSA|AA|M-0001\r", sentAt: "2026-03-02T08:59:30.050Z" },
    ...fields,
  };
  const operation: Operation = { action: "update", kind: "LinkMessage", id, body };
  return { blob, body, operation };
}
