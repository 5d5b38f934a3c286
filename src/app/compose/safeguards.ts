import { type Safeguards, WaitingOrders } from "#departments/clinical";

/** What guards each link: what all links share. */
export function safeguards(): (link: string) => Safeguards {
  const shared: Safeguards = { waiting: new WaitingOrders() };
  return () => shared;
}
