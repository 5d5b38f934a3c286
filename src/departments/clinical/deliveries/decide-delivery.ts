import type { Context } from "#access";
import { conflict, failed, notFound, ok, type Result, toIso } from "#kernel";
import type { Version } from "#record";
import { type Delivery, deliveryKind, isFresh } from "./delivery.ts";
import { type DestinationSwitch, destinationSwitchKind } from "./engine/destination-switch.ts";
import { entryOf } from "./engine/entry.ts";

export interface DeliveryOrder {
  readonly action: "retry" | "skip";
  readonly comment: string;
}

/**
 * Has a delivery that stands tried again at once, or lets it go so that its lane goes on. Problems: not-found; conflict
 * `delivery-not-standing` for one that waits for its turn or is settled, `version-conflict` when it was decided meanwhile.
 */
export async function decideDelivery(
  { record, clock }: Context,
  id: string,
  { action, comment }: DeliveryOrder,
): Promise<Result<Version>> {
  const read = await record.read(deliveryKind, id);
  if (!read.ok) return read;
  const { delivery, version } = entryOf(read.value);
  const { nextTryAt: _next, settledAt: _settled, ...rest } = delivery;
  const isStanding = delivery.state === "parked" || (delivery.state === "queued" && !isFresh(delivery));
  if (!isStanding) return failed(notStanding);
  const now = toIso(clock.now());
  const decided: Delivery =
    action === "retry"
      ? { ...rest, state: "queued", from: delivery.state, attempts: 0, nextTryAt: now, comment }
      : { ...rest, state: "cancelled", from: delivery.state, settledAt: now, comment };
  const written = await record.transact({
    operations: [{ action: "update", kind: deliveryKind, id, body: decided, ifMatch: version }],
  });
  if (!written.ok) return written;
  const [outcome] = written.value;
  return outcome === undefined ? failed(notFound("not-found", "It is not there any more.")) : ok(outcome.version);
}

const notStanding = conflict(
  "delivery-not-standing",
  "Only a delivery that is parked, or waits for its next try, can be tried again or skipped.",
);

/** Pauses a destination, or has it go on. What is under way is finished. */
export async function switchDestination(
  { record, actor, clock }: Context,
  { destination, isPaused, comment }: Pick<DestinationSwitch, "destination" | "isPaused" | "comment">,
): Promise<Result<unknown>> {
  const body: DestinationSwitch = { destination, isPaused, comment, by: actor.reference, at: toIso(clock.now()) };
  return record.transact({
    operations: [{ action: "update", kind: destinationSwitchKind, id: destination, body }],
  });
}
