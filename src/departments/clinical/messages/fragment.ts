import type { Context } from "#access";
import { ok, type Result, toIso, unavailable } from "#kernel";
import { deterministicId } from "./deterministic-id.ts";
import { findKept, keepAs, toKeep } from "./keep.ts";
import { type LinkMessage, linkMessageKind } from "./link-message.ts";
import { acknowledge, type Outcome, reasonsOf } from "./outcome.ts";
import { readSent } from "./sent-message.ts";

export interface KeepingFragment {
  /** The record as the link may see it. */
  readonly context: Context;
  readonly link: string;
  readonly connection: string;
  /** The first is 1. */
  readonly number: number;
}

/**
 * Keeps a part of a message as it came. The whole is made of its parts and is a message of its own, under the control id of
 * the first; so a part is known by its bytes, and what came before is not kept twice. Problems: those of the record.
 * Source: HL7 v2.5.1 §2.10.2.
 */
export async function keepFragment(
  frame: Uint8Array,
  { context, link, connection, number }: KeepingFragment,
): Promise<Result<void>> {
  const arrivedAt = toIso(context.clock.now());
  const sent = readSent(frame);
  const keeping = toKeep({ frame, sent, link, connection, arrivedAt });
  const id = deterministicId(linkMessageKind, link, "fragment", keeping.blob.hash);
  const kept = await findKept(context.record, { ...keeping, id });
  if (!kept.ok || kept.value.version > 0) return kept.ok ? ok(undefined) : kept;
  const text = `Part ${number} of a message that came in several; the whole is kept by itself.`;
  const outcome: Outcome = { state: "filtered", refusals: [], remarks: [unavailable("fragment", text)] };
  const acknowledgement = acknowledge(sent, outcome, context);
  const body: LinkMessage = {
    ...kept.value.message,
    state: outcome.state,
    reasons: reasonsOf(outcome),
    acknowledgement,
  };
  const recorded = await context.record.transact({ operations: [keepAs(kept.value, body)], blobs: [keeping.blob] });
  return recorded.ok ? ok(undefined) : recorded;
}
