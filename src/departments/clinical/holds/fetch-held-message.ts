import type { Context } from "#access";
import { ok, type Result } from "#kernel";
import type { HeldMessageView, MessageRow } from "../api.ts";
import { messageRow } from "../browser/message-row.ts";
import { byArrival, type HeldMessage, heldMessage, heldOfOrders } from "../gates/waiting-orders.ts";
import { linkMessageKind } from "../messages/link-message.ts";
import { holdView } from "./fetch-holds.ts";

/** A message, and what of the same orders is held before and behind it. Problems: not-found; those of the record. */
export async function fetchHeldMessage(context: Context, id: string): Promise<Result<HeldMessageView>> {
  const { record, clock } = context;
  const read = await record.read(linkMessageKind, id);
  if (!read.ok) return read;
  const held = heldMessage(read.value);
  const found = held.message.state === "held" ? await heldOfOrders(record, held.message) : ok([]);
  if (!found.ok) return found;
  const others = found.value.filter((other) => other.id !== id).toSorted(byArrival);
  return ok({
    ...holdView(read.value, clock.now()),
    earlier: others.filter((other) => byArrival(other, held) < 0).map(rowOf),
    later: others.filter((other) => byArrival(other, held) > 0).map(rowOf),
  });
}

function rowOf({ id, message }: HeldMessage): MessageRow {
  return messageRow(id, message);
}
