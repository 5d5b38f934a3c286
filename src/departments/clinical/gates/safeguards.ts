import type { ReadyMaps } from "#standards/v2-to-fhir";
import type { CodeMaps } from "../codes/code-map.ts";
import type { LinkSettings } from "../configuration/link-settings.ts";
import type { WaitingOrders } from "./waiting-orders.ts";

/** What a link is guarded by besides the gates that every message passes: what its settings say, and what is shared. */
export interface Safeguards {
  readonly settings?: Pick<LinkSettings, "contract" | "gates" | "holdUnknownCodes">;
  /** The mapping rows of the sender, with the layers of its link. Absent: those of the guide with the British layer. */
  readonly rows?: ReadyMaps;
  /** What the codes of senders mean, as far as it has been approved. Absent: nothing has. */
  readonly maps?: CodeMaps;
  /** Orders of which a message waits. Absent: none ever does. */
  readonly waiting?: WaitingOrders;
}
