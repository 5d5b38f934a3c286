import type { Context } from "#access";
import type { HealthRecord } from "#record";
import type { CertificateView } from "../api/links.ts";
import type { LinkSettings, WatchSettings } from "../configuration/link-settings.ts";

/**
 * The part of the record that absence is noticed in. It may be the whole record's: what is taken from it are times, counts,
 * states and the numbers of messages and orders, and a look every half minute would fill the audit log.
 */
export type WatchedRecord = Pick<HealthRecord, "count" | "search" | "readMany" | "history" | "position">;

export interface WatchedLink extends Pick<LinkSettings, "name" | "routes"> {
  /** Absent: only its deliveries are looked at. */
  readonly watch?: WatchSettings;
}

/** Whether the messages of a link are to be followed one by one: silence is learnt from counts alone. */
export function isFollowed({ watch }: WatchedLink): boolean {
  if (watch === undefined) return false;
  return watch.sequence || watch.unordered || Object.keys(watch.resultWithinHours).length > 0;
}

export interface WatchNeeds {
  readonly look: WatchedRecord;
  /** As the worker: orders and reports are read with it, and everything is written. */
  readonly context: Pick<Context, "record" | "clock" | "hospitalTime">;
  /** The links as they are set up now. */
  readonly links: () => readonly WatchedLink[];
  /** Those of doors, links and destinations, as their files are now; left out, none is looked at. */
  certificates?(): Promise<readonly CertificateView[]>;
}
