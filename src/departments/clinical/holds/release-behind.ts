import type { Context } from "#access";
import { limits, ok, type Result } from "#kernel";
import { byArrival, type HeldMessage, heldOfOrders } from "../gates/waiting-orders.ts";
import type { LinkMessage } from "../messages/link-message.ts";
import { type HoldNeeds, receiveAgain } from "./hold-needs.ts";

/**
 * Lets the messages go that wait behind one which was decided on, in the order in which they came, up to the first that
 * has a reason of its own to be held. Returns the ids of those that went. Problems: those of the record.
 */
export async function releaseBehind(
  needs: HoldNeeds,
  { context, message }: { readonly context: Context; readonly message: LinkMessage },
): Promise<Result<readonly string[]>> {
  const released: string[] = [];
  for (;;) {
    const held = await heldOfOrders(context.record, message);
    if (!held.ok) return held;
    const some = await releaseNext(needs, { context, held: held.value });
    if (!some.ok) return some;
    released.push(...some.value);
    // All that were looked at have gone: there may be more behind them.
    if (some.value.length < limits.heldOfOrderMax) return ok(released);
  }
}

async function releaseNext(
  needs: HoldNeeds,
  { context, held }: { readonly context: Context; readonly held: readonly HeldMessage[] },
): Promise<Result<readonly string[]>> {
  const released: string[] = [];
  for (const next of held.toSorted(byArrival)) {
    if (!next.message.reasons.some(({ code }) => code === "held-behind")) break;
    const ruling = { waived: new Set<string>(), decisions: next.message.decisions ?? [] };
    const again = await receiveAgain(needs, { context, held: next, ruling });
    if (!again.ok) return again;
    if (again.value.state === "held") break;
    released.push(next.id);
  }
  return ok(released);
}
