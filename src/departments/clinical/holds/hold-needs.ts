import type { Actor, Context } from "#access";
import type { Log } from "#kernel";
import type { PassingOn } from "../deliveries/pass-on.ts";
import type { Ruling } from "../gates/ruling.ts";
import type { Safeguards } from "../gates/safeguards.ts";
import type { HeldMessage } from "../gates/waiting-orders.ts";
import { type Ruled, receiveHeld } from "../messages/receive.ts";

/** What deciding on held messages takes. */
export interface HoldNeeds {
  /** What somebody does for a link, with its rights and under their own name. */
  forLink(actor: Actor): Context;
  /** What guards a link. */
  safeguardsOf(link: string): Safeguards;
  /** Where the messages of a link go besides the record, once they are released; absent: nowhere. */
  passingOnOf?(link: string): PassingOn | undefined;
  readonly log: Log;
}

/** Decides on a message anew: see `receiveHeld`. */
export function receiveAgain(
  { safeguardsOf, passingOnOf, log }: Omit<HoldNeeds, "forLink">,
  { context, held, ruling }: { readonly context: Context; readonly held: HeldMessage; readonly ruling: Ruling },
) {
  const { link, connection } = held.message;
  const { offsetMinutesAt } = context.hospitalTime;
  const safeguards = safeguardsOf(link);
  const passingOn = passingOnOf?.(link);
  const given = { context, link, connection, offsetMinutesAt, log, safeguards, ruling };
  const receiving: Ruled = passingOn === undefined ? given : { ...given, passingOn };
  return receiveHeld(held, receiving);
}
