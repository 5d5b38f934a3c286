import type { CodeMaps } from "../codes/code-map.ts";
import type { LinkSettings } from "../configuration/link-settings.ts";
import type { WaitingOrders } from "./waiting-orders.ts";

/** What a link is guarded by besides the gates that every message passes: what its settings say, and what is shared. */
export interface Safeguards {
  readonly settings?: Pick<LinkSettings, "contract" | "gates" | "holdUnknownCodes">;
  /** What the codes of senders mean, as far as it has been approved. Absent: nothing has. */
  readonly maps?: CodeMaps;
  /** Orders of which a message waits. Absent: none ever does. */
  readonly waiting?: WaitingOrders;
}
