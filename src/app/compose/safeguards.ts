import { type LinkSettings, type Safeguards, WaitingOrders } from "#departments/clinical";

/** What guards each link: what its settings say now, and what all links share. */
export function safeguards(settingsOf: (link: string) => LinkSettings | undefined): (link: string) => Safeguards {
  const waiting = new WaitingOrders();
  return (link) => {
    const settings = settingsOf(link);
    return settings === undefined ? { waiting } : { settings, waiting };
  };
}
