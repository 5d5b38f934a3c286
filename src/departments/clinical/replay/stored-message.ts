import { limits, ok, type Result } from "#kernel";
import { type HealthRecord, parseBody } from "#record";
import type { Ruling } from "../gates/ruling.ts";
import { type LinkMessage, linkMessageKind } from "../messages/link-message.ts";
import { readSent, type SentMessage } from "../messages/sent-message.ts";
import { readRaw } from "../retention/retired-day.ts";

/** A message of the record, read again from its bytes. */
export interface StoredMessage {
  readonly id: string;
  readonly version: number;
  readonly message: LinkMessage;
  readonly raw: Uint8Array;
  readonly sent: SentMessage;
  /** What people decided about it while it was held, which holds for it still. */
  readonly ruling?: Ruling;
}

/** Problems: not-found, `message-retired` where its bytes are no longer kept; those of the record. */
export async function readStored(record: HealthRecord, id: string): Promise<Result<StoredMessage>> {
  const read = await record.read(linkMessageKind, id);
  if (!read.ok) return read;
  const message = parseBody<LinkMessage>(read.value);
  const raw = await readRaw(record, message);
  if (!raw.ok) return raw;
  const ruling = await rulingOn(record, { id, message });
  if (!ruling.ok) return ruling;
  const stored = {
    id,
    version: read.value.version,
    message,
    raw: raw.value,
    sent: readSent(raw.value, message.format),
  };
  return ok(ruling.value === undefined ? stored : { ...stored, ruling: ruling.value });
}

/** Who let a message go let go what it was held for then, and perhaps to a patient whom its numbers do not name. */
async function rulingOn(
  record: HealthRecord,
  { id, message }: Pick<StoredMessage, "id" | "message">,
): Promise<Result<Ruling | undefined>> {
  const decisions = message.decisions ?? [];
  const last = decisions.at(-1);
  if (last === undefined || last.isProposal || last.action === "reject" || message.state === "held")
    return ok(undefined);
  const past = await record.history({ kind: linkMessageKind, id, limit: limits.pageSizeDefault });
  if (!past.ok) return past;
  const held = past.value.versions
    .map((version) => parseBody<LinkMessage>(version))
    .find(({ state }) => state === "held");
  const patientId = last.patient?.slice("Patient/".length);
  return ok({
    waived: new Set(held?.reasons.map(({ code }) => code)),
    decisions,
    ...(patientId === undefined ? {} : { patientId }),
  });
}

/** Whether its link has taken it: then it is in the record, or was passed on. */
export function isTaken({ state }: Pick<LinkMessage, "state">): boolean {
  return state !== "held" && state !== "rejected" && !isWaitingForMapping({ state });
}

/** Its bytes are kept, and it has not been looked at yet. */
export function isWaitingForMapping({ state }: { readonly state: string }): boolean {
  return state === "received";
}
