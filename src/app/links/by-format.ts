import type { LinkSettings } from "#departments/clinical";
import { takeInterchange } from "./interchange.ts";
import { type Origin, type ReceiverNeeds, taker } from "./receiver.ts";

/**
 * Takes what comes by a link, written as its settings say, for senders that wait for nothing but the acknowledgement;
 * undefined where none is wanted. A rejection means that nothing may be acknowledged: the sender sends again.
 */
export function receiver(settings: () => LinkSettings, needs: ReceiverNeeds) {
  const take = taker(settings, needs);
  return async (message: Uint8Array, origin: Origin): Promise<Uint8Array | undefined> => {
    if (settings().format === "edifact") return takeInterchange(message, origin, { settings, needs, take });
    return (await take(message, origin)).application;
  };
}
