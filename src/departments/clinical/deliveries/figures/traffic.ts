import { limits } from "#kernel";
import type { LinkMessage } from "../../messages/link-message.ts";
import type { Delivery } from "../delivery.ts";
import { noTimes, type TimeTally, withTime } from "./time-tally.ts";

type Counts = Readonly<Record<string, number>>;

/** What came in over a link on one day, and how long it took: kept in its book, and counted with it. */
export type Traffic = {
  /** Received, by the hour of the hospital's clock: `09`. */
  readonly byHour: Counts;
  /** By type: `ORU^R01`; see `otherTypes`. */
  readonly byType: Counts;
  /** Times that a message was held or rejected, or a delivery parked, by the state and why: `held identity-conflict`. */
  readonly reasons: Counts;
  /** Results of the record that a message brought a later version of. */
  readonly reportedAgain: number;
  /** From the last byte to the decision of the program, waits for people not counted. */
  readonly toRecord: TimeTally;
  /** By destination, from the last byte to its acknowledgement. */
  readonly toDelivery: Readonly<Record<string, TimeTally>>;
};

export const noTraffic: Traffic = {
  byHour: {},
  byType: {},
  reasons: {},
  reportedAgain: 0,
  toRecord: noTimes,
  toDelivery: {},
};

/** Types beyond `limits.trafficTypesMax` of a day. */
export const otherTypes = "other types";

/** Adds what one version of a message or delivery tells. */
export type Noting = (traffic: Traffic) => Traffic;

/** `09` */
export function arriving({ hour }: { readonly hour: string }): Noting {
  return (traffic) => ({ ...traffic, byHour: plusOne(traffic.byHour, hour) });
}

/** By the program, for the first time. */
export function decided(message: LinkMessage): Noting {
  const { arrivedAt, mappedAt, acknowledgement, type = "not stated", resources } = message;
  const at = mappedAt ?? acknowledgement?.sentAt;
  const again = resources.filter(({ kind, effect }) => kind === "Observation" && effect === "updated").length;
  const stopping = stopped(message);
  return (traffic) =>
    stopping({
      ...traffic,
      byType: plusOne(traffic.byType, isListed(traffic.byType, type) ? type : otherTypes),
      reportedAgain: traffic.reportedAgain + again,
      toRecord: at === undefined ? traffic.toRecord : withTime(traffic.toRecord, msBetween(arrivedAt, at)),
    });
}

/** Held or rejected; nothing of others. */
export function stopped({ state, reasons }: Pick<LinkMessage, "state" | "reasons">): Noting {
  if (state !== "held" && state !== "rejected") return (traffic) => traffic;
  const reason = `${state} ${reasons[0]?.code ?? "not stated"}`;
  return (traffic) => ({ ...traffic, reasons: plusOne(traffic.reasons, reason) });
}

/** Delivered or parked; nothing of others. */
export function settled(delivery: Delivery): Noting {
  const { state, destination, queuedAt, settledAt, lastProblem } = delivery;
  if (state === "parked") {
    const reason = `parked ${lastProblem?.code ?? "not stated"}`;
    return (traffic) => ({ ...traffic, reasons: plusOne(traffic.reasons, reason) });
  }
  if (state !== "delivered" || settledAt === undefined) return (traffic) => traffic;
  return (traffic) => {
    const times = withTime(traffic.toDelivery[destination] ?? noTimes, msBetween(queuedAt, settledAt));
    return { ...traffic, toDelivery: { ...traffic.toDelivery, [destination]: times } };
  };
}

function plusOne(counts: Counts, name: string): Counts {
  return { ...counts, [name]: (counts[name] ?? 0) + 1 };
}

function isListed(byType: Counts, type: string): boolean {
  return type in byType || Object.keys(byType).length < limits.trafficTypesMax;
}

function msBetween(from: string, to: string): number {
  return Date.parse(to) - Date.parse(from);
}
