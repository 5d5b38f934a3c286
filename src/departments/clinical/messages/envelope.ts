import type { Context } from "#access";
import { ok, type Problem, type Result, toIso, unavailable } from "#kernel";
import { blobDayOf, dailyBlobOf } from "#record";
import { deterministicId } from "./deterministic-id.ts";
import { findKept, keepAs } from "./keep.ts";
import { type LinkMessage, linkMessageKind, type ReceivedMessage } from "./link-message.ts";
import { type Outcome, reasonsOf } from "./outcome.ts";

/** What messages came in together in: an interchange, or a batch. */
export interface Envelope {
  /** As received, its messages in it or not. */
  readonly bytes: Uint8Array;
  readonly charset: string;
  readonly facts: Pick<ReceivedMessage, "controlId" | "sender" | "receiver"> &
    Partial<Pick<ReceivedMessage, "format" | "type" | "sentAt">>;
  /** Messages in it, which are kept each by itself. */
  readonly count: number;
  /** Why it was refused as a whole; empty otherwise. */
  readonly problems: readonly Problem[];
  /** What answers all of it: absent where its messages are answered alone. */
  readonly answer?: string;
}

export interface KeepingEnvelope {
  /** The record as the link may see it. */
  readonly context: Context;
  readonly link: string;
  readonly connection: string;
}

/**
 * Keeps an envelope as it came, once: in the state `filtered` with the reason `envelope`, or `rejected` with what is wrong
 * with it. Settles with the answer of the first time that it came. Problems: those of the record.
 */
export async function keepEnvelope(
  envelope: Envelope,
  { context, link, connection }: KeepingEnvelope,
): Promise<Result<string | undefined>> {
  const { bytes, charset, facts, answer } = envelope;
  const at = toIso(context.clock.now());
  const blob = dailyBlobOf(bytes, blobDayOf(at));
  const raw = { hash: blob.hash, sizeBytes: bytes.length, charset };
  const common = { link, connection, arrivedAt: at, reasons: [], patient: { hospitalNumbers: [] }, orders: [] };
  const { sender, controlId } = facts;
  const known = controlId === undefined ? blob.hash : JSON.stringify([sender, controlId]);
  const id = deterministicId(linkMessageKind, link, "envelope", known);
  const message: ReceivedMessage = { ...common, ...facts, raw, resources: [] };
  const kept = await findKept(context.record, { id, message, blob });
  if (!kept.ok) return kept;
  if (kept.value.version > 0) return ok(kept.value.message.acknowledgement?.text || undefined);
  const outcome = outcomeOf(envelope);
  const code = outcome.state === "rejected" ? "AR" : "AA";
  const body: LinkMessage = {
    ...kept.value.message,
    state: outcome.state,
    reasons: reasonsOf(outcome),
    acknowledgement: { code, text: answer ?? "", sentAt: at },
  };
  const recorded = await context.record.transact({ operations: [keepAs(kept.value, body)], blobs: [blob] });
  return recorded.ok ? ok(answer) : recorded;
}

function outcomeOf({ count, problems }: Envelope): Outcome {
  if (problems.length > 0) return { state: "rejected", refusals: problems, remarks: [] };
  const what = count === 1 ? "one message, which is kept by itself" : `${count} messages, which are kept by themselves`;
  const text = `The envelope of ${what}.`;
  return { state: "filtered", refusals: [], remarks: [unavailable("envelope", text)] };
}
