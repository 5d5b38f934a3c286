import { limits, ok, type Result } from "#kernel";
import { anyKey } from "../clauses.ts";
import { heldMessage, type WaitingOrders, waitingCodes } from "../gates/waiting-orders.ts";
import { heldReasonKey } from "../holds/held-keys.ts";
import { linkMessageKind } from "../messages/link-message.ts";
import { type ApplyNeeds, applyApproved } from "./apply-code.ts";
import { countMessages } from "./count-messages.ts";
import type { SenderMaps } from "./sender-maps.ts";
import { settleByTables } from "./settle-by-tables.ts";

export interface CodeRoundNeeds extends ApplyNeeds {
  readonly maps: SenderMaps;
  readonly waiting: WaitingOrders;
}

/**
 * What is done about codes behind the messages: the maps are read again, new messages counted, approvals carried out.
 * Safe to run again, and in several processes. Problems: those of the record.
 */
export async function codeRound(needs: CodeRoundNeeds): Promise<Result<undefined>> {
  const { context, maps, waiting } = needs;
  const refreshed = await maps.refresh(context.record);
  if (!refreshed.ok) return refreshed;
  const waits = await rememberWaiting(context.record, waiting);
  if (!waits.ok) return waits;
  const settled = await settleByTables({ context, maps });
  if (!settled.ok) return settled;
  for (;;) {
    const counted = await countMessages(context);
    if (!counted.ok) return counted;
    if (counted.value < limits.codeMessagesCountedMax) break;
  }
  const applied = await applyApproved(needs);
  return applied.ok ? ok(undefined) : applied;
}

/** Orders of which a message waits, also those that another process has seen, or this one before it was started again. */
async function rememberWaiting(
  record: ApplyNeeds["context"]["record"],
  waiting: WaitingOrders,
): Promise<Result<undefined>> {
  const held = await record.search({
    kind: linkMessageKind,
    all: [anyKey(...[...waitingCodes].map(heldReasonKey))],
    sort: { by: "updated", descending: true },
    limit: limits.pageSizeMax,
  });
  if (!held.ok) return held;
  for (const version of held.value.versions) waiting.add(heldMessage(version).message);
  return ok(undefined);
}
