import type { Instant } from "#kernel";
import type { LinkState } from "../api.ts";

/** A link as the one who runs its socket sees it now. */
export interface LinkStatus {
  /** `lab`: the same as in its messages. */
  readonly name: string;
  /** `Pathology laboratory`. */
  readonly title: string;
  readonly state: Exclude<LinkState, "unknown">;
  /** `listening on 127.0.0.1:2575`, or why it is not. */
  readonly stateText: string;
  readonly connections: number;
  readonly connectionsMax: number;
  /** Names of the destinations that its routes lead to; absent: it has none. */
  readonly destinations?: readonly string[];
  /** The last failure of the socket itself: a frame too large, a connection cut. */
  readonly lastError?: { readonly at: Instant; readonly text: string };
}

/** The links that are set up. Given by the composition root. */
export type LinkStatuses = () => readonly LinkStatus[];
