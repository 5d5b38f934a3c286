import { limits, ok, type Result } from "#kernel";
import type { HealthRecord } from "#record";
import { anyKey } from "../clauses.ts";
import { heldMessage, type WaitingOrders, waitingCodes } from "../gates/waiting-orders.ts";
import { heldReasonKey } from "../holds/held-keys.ts";
import { linkMessageKind } from "../messages/link-message.ts";
import { type ApplyNeeds, applyApproved } from "./apply-code.ts";
import { countMessages } from "./count-messages.ts";
import type { SenderMaps } from "./sender-maps.ts";
import { settleByTables } from "./settle-by-tables.ts";

export type Looking = Pick<HealthRecord, "search" | "history" | "readMany">;

export interface CodeRoundNeeds extends ApplyNeeds {
  /** The whole record: looking whether there is something to do shows nothing to anybody, and leaves no entry in the log. */
  readonly look: Looking;
  readonly maps: SenderMaps;
  readonly waiting: WaitingOrders;
}

/**
 * What is done about codes behind the messages: the maps are read again, new messages counted, approvals carried out.
 * Safe to run again, and in several processes. Problems: those of the record.
 */
export async function codeRound(needs: CodeRoundNeeds): Promise<Result<undefined>> {
  const { look, maps, waiting } = needs;
  const refreshed = await maps.refresh(look);
  if (!refreshed.ok) return refreshed;
  const waits = await rememberWaiting(look, waiting);
  if (!waits.ok) return waits;
  const settled = await settleByTables(needs);
  if (!settled.ok) return settled;
  for (;;) {
    const counted = await countMessages(needs);
    if (!counted.ok) return counted;
    if (counted.value < limits.codeMessagesCountedMax) break;
  }
  const applied = await applyApproved(needs);
  return applied.ok ? ok(undefined) : applied;
}

/** Orders of which a message waits, also those that another process has seen, or this one before it was started again. */
async function rememberWaiting(look: Looking, waiting: WaitingOrders): Promise<Result<undefined>> {
  const held = await look.search({
    kind: linkMessageKind,
    all: [anyKey(...[...waitingCodes].map(heldReasonKey))],
    sort: { by: "updated", descending: true },
    limit: limits.pageSizeMax,
  });
  if (!held.ok) return held;
  for (const version of held.value.versions) waiting.add(heldMessage(version).message);
  return ok(undefined);
}
