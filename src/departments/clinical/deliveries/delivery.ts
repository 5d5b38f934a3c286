import type { BlobHash } from "#record";
import type { MessageReason } from "../messages/link-message.ts";

export const deliveryKind = "Delivery";

/** What has become of a message on its way to one destination. */
export const deliveryStates = [
  "queued", // waits for its turn, or for its next try
  "delivered", // the destination has it
  "parked", // tried often enough, or refused: a person decides, and its lane waits
  "cancelled", // a person has said that it is not to be sent
] as const;

export type DeliveryState = (typeof deliveryStates)[number];

/** One message for one destination: the body of a document of kind `Delivery`, made in the commit of its message. */
export type Delivery = {
  /** The `LinkMessage`. */
  readonly message: string;
  /** Where it came in. */
  readonly link: string;
  /** The day it came in, on the hospital's clock, by which the books are kept: `2026-11-23`. */
  readonly day: string;
  readonly destination: string;
  /** Where it was to go at first, where a person has sent it to another destination. */
  readonly movedFrom?: string;
  /** The route that sends it there. */
  readonly route: string;
  /** See `laneKey`. */
  readonly lane: string;
  /** `Patient/7c…`: whose lane it is, where the record knows; after a merge the lanes of both patients are one. */
  readonly patient?: string;
  /** How many destinations its message has. */
  readonly of: number;
  readonly queuedAt: string;
  readonly state: DeliveryState;
  /** The state in the version before; absent in the first. */
  readonly from?: DeliveryState;
  /** What the acknowledgement must name. */
  readonly controlId: string;
  readonly contentType: string;
  /** The message as it came, or what an output mapping made of it. */
  readonly body: BlobHash;
  readonly sizeBytes: number;
  /** Tries since it was queued, or since a person had it tried again. */
  readonly attempts: number;
  /** When it is tried next; absent where it has not been tried, or is not to be. */
  readonly nextTryAt?: string;
  readonly lastProblem?: MessageReason;
  readonly acknowledgement?: DeliveryAcknowledgement;
  /** When it was delivered, parked or cancelled. */
  readonly settledAt?: string;
  /** Why a person cancelled it, or had it tried again. */
  readonly comment?: string;
  /** The replay that sends it once more: it counts in no book, for its message is counted by the deliveries it came with. */
  readonly replay?: string;
};

export type DeliveryAcknowledgement = {
  /** MSA-1 or an HTTP status, where it was refused. */
  readonly code?: string;
  /** What came back, as far as `limits.acknowledgementKeptCharacters` reach. */
  readonly text: string;
  readonly at: string;
};

/** Queued and never tried: the lane's order is that in which these were queued. */
export function isFresh({ state, attempts, nextTryAt }: Delivery): boolean {
  return state === "queued" && attempts === 0 && nextTryAt === undefined;
}
