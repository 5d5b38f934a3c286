import { z } from "zod";
import { type IsoInstant, pageQuery } from "./page.ts";

/** What is alerted on. Explained in docs/operate/alerts.md. */
export const alertRuleNames = [
  "silence",
  "sequence-gap",
  "result-overdue",
  "delivery-parked",
  "delivery-unanswered",
  "mapping-behind",
  "certificate-expiring",
] as const;

export const alertsQuery = pageQuery.extend({
  /** Left out: open ones. `new`: open, and nobody has acknowledged them. */
  state: z.enum(["open", "new", "past"]).optional(),
  link: z.string().max(100).optional(),
  rule: z.enum(alertRuleNames).optional(),
});

export const alertAcknowledgeBody = z.object({ comment: z.string().trim().min(3).max(2_000) });

export const watchQuery = z.object({
  link: z.string().max(100).optional(),
  /** Days, both included: `2026-11-23`. Left out: the last week. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
});

/** What did not arrive; what began last first. */
export interface AlertsPage {
  readonly alerts: readonly AlertView[];
  readonly next?: string;
  /** How many are open, whatever is asked for. */
  readonly open: number;
  /** How many of these nobody has acknowledged. */
  readonly unacknowledged: number;
  readonly position: number;
}

export interface AlertView {
  readonly id: string;
  readonly link: string;
  readonly rule: (typeof alertRuleNames)[number];
  /** A test, a destination, a sender; absent where it is about the whole link. */
  readonly subject?: string;
  readonly since: IsoInstant;
  readonly openedAt: IsoInstant;
  /** Absent while it lasts. */
  readonly until?: IsoInstant;
  readonly text: string;
  /** Messages, orders or deliveries that were missing when it was opened. */
  readonly count: number;
  /** `LinkMessage/7c…`, `ServiceRequest/7c…`, `Delivery/7c…`. */
  readonly examples: readonly string[];
  readonly acknowledged?: {
    readonly by: string;
    readonly display: string;
    readonly at: IsoInstant;
    readonly comment: string;
  };
}

/** What is watched for on each link, and how it stands now. */
export interface WatchPage {
  readonly links: readonly WatchView[];
}

export interface WatchView {
  readonly link: string;
  /** `off`: silence is not watched for. `too-little`: so little comes at this hour that nothing can be said. */
  readonly state: "off" | "learning" | "too-little" | "fine" | "silent";
  readonly stateText: string;
  readonly lastMessageAt?: IsoInstant;
  readonly silentSince?: IsoInstant;
  /** Orders over this link whose result has not come in its time. */
  readonly overdue: number;
  /** Messages with results over this link for which nobody had sent an order, newest day first. */
  readonly unordered: readonly UnorderedDay[];
}

export interface UnorderedDay {
  readonly day: string;
  readonly results: number;
  readonly unordered: number;
  /** Ids of messages. */
  readonly examples: readonly string[];
}
