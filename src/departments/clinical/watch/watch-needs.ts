import type { Context } from "#access";
import type { HealthRecord } from "#record";
import type { LinkSettings } from "../configuration/link-settings.ts";

/**
 * The part of the record that absence is noticed in. It may be the whole record's: what is taken from it are times, counts,
 * states and the numbers of messages and orders, and a look every half minute would fill the audit log.
 */
export type WatchedRecord = Pick<HealthRecord, "count" | "search" | "readMany" | "history" | "position">;

export type WatchedLink = Pick<LinkSettings, "name" | "watch" | "routes">;

export interface WatchNeeds {
  readonly look: WatchedRecord;
  /** As the worker: orders and reports are read with it, and everything is written. */
  readonly context: Pick<Context, "record" | "clock" | "hospitalTime">;
  /** The links as they are set up now. */
  readonly links: () => readonly WatchedLink[];
}
