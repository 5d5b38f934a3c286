import { z } from "zod";
import type { MessageReasonView } from "./messages.ts";
import { type IsoInstant, pageQuery } from "./page.ts";

export const deliveryStates = ["queued", "delivered", "parked", "cancelled"] as const;
export type DeliveryStateName = (typeof deliveryStates)[number];

export const deliveriesQuery = pageQuery.extend({
  destination: z.string().max(100).optional(),
  state: z.enum(deliveryStates).optional(),
  /** Where the message came in. */
  link: z.string().max(100).optional(),
  /** When it came in, on the hospital's clock. */
  day: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/, "Give a day such as 2026-11-23.")
    .optional(),
  /** Id of the message. */
  message: z.string().max(64).optional(),
});

/** The last to change first. */
export interface DeliveriesPage {
  readonly deliveries: readonly DeliveryView[];
  readonly next?: string;
}

export interface DeliveryView {
  readonly id: string;
  readonly message: string;
  readonly link: string;
  readonly destination: string;
  /** The route that sends it there. */
  readonly route: string;
  /** What it is kept in order with: `nhs 9990000018`. */
  readonly lane: string;
  readonly state: DeliveryStateName;
  readonly stateText: string;
  readonly controlId: string;
  readonly queuedAt: IsoInstant;
  readonly attempts: number;
  readonly nextTryAt?: IsoInstant;
  readonly settledAt?: IsoInstant;
  readonly problem?: MessageReasonView;
  readonly acknowledgement?: { readonly code?: string; readonly text: string; readonly at: IsoInstant };
  readonly comment?: string;
  readonly sizeBytes: number;
}

/** Of those who try a delivery again, skip it, pause a destination or resume it: why. */
export const deliveryDecisionBody = z.object({ comment: z.string().trim().min(1).max(1_000) });

/** Of whoever sends what waits for a destination that there is no more to another. */
export const sendElsewhereBody = deliveryDecisionBody.extend({ to: z.string().min(1).max(100) });

/** What became of it. */
export interface StrandedResolved {
  /** They go to the other destination now. */
  readonly sent: number;
  readonly cancelled: number;
}

/** A destination that is not set up any more, and that deliveries wait for. */
export interface StrandedDestination {
  readonly name: string;
  readonly queued: number;
  readonly parked: number;
}

export interface DestinationsPage {
  readonly destinations: readonly DestinationView[];
  /** What waits there goes nowhere before a person has said where to, or that it is not to be sent. */
  readonly stranded: readonly StrandedDestination[];
  readonly at: IsoInstant;
}

export interface DestinationView {
  readonly name: string;
  readonly title: string;
  readonly state: "idle" | "connected" | "connecting" | "failing" | "closed";
  /** `connected to 10.1.2.3:6661`. */
  readonly stateText: string;
  readonly stateSince?: IsoInstant;
  readonly isPaused: boolean;
  /** False: another process delivers to it, or none does yet. */
  readonly isHere: boolean;
  readonly problem?: string;
  /** Deliveries that wait: never tried, and between two tries. */
  readonly queued: number;
  readonly oldestQueuedAt?: IsoInstant;
  readonly underWay: number;
  /** Each holds up a lane. */
  readonly parked: number;
  /** The last that it took, and how it answered. */
  readonly lastDelivered?: { readonly at: IsoInstant; readonly code?: string };
  /** The last that it did not take, of those that still wait. */
  readonly lastError?: { readonly at: IsoInstant; readonly text: string };
}
