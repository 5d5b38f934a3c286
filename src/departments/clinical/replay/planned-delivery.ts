import type { Blob, Create } from "#record";
import type { DeliveryEffect } from "../api/replays.ts";
import type { Delivery } from "../deliveries/delivery.ts";

/** What a replay would do for one destination. */
export interface PlannedDelivery {
  readonly destination: string;
  readonly effect: DeliveryEffect;
  readonly isSent: boolean;
  /** Where it is sent. */
  readonly operation?: Create;
  readonly blobs: readonly Blob[];
}

/** What a destination has had of a message, given what it would have now. Pure. */
export function effectOn(earlier: readonly Delivery[], body: Delivery["body"]): DeliveryEffect {
  const are = (state: Delivery["state"]) => earlier.filter((delivery) => delivery.state === state);
  if (are("queued").length > 0) return "under-way";
  if (are("parked").length > 0) return "parked";
  const delivered = are("delivered");
  if (delivered.some((delivery) => delivery.body === body)) return "duplicate";
  if (delivered.length > 0) return "changed";
  return are("cancelled").length > 0 ? "let-go" : "new";
}

/** Only what a person has asked for is sent a second time, and nothing that waits already. */
export function isToBeSent(effect: DeliveryEffect, again: boolean): boolean {
  switch (effect) {
    case "new":
    case "changed":
      return true;
    case "duplicate":
    case "let-go":
      return again;
    case "under-way":
    case "parked":
    case "not-made":
      return false;
  }
}
