import { type Blob, blobDayOf } from "#record";
import type { Decision } from "../messages/decide.ts";
import type { Kept } from "../messages/keep.ts";
import type { SentMessage } from "../messages/sent-message.ts";
import type { PathologyReport } from "../outputs/uk-pathology-document.ts";
import { type LinkRouting, noDeliveries, type PlannedDeliveries } from "./routing/link-routing.ts";

/** What takes the messages of a link further than the record. */
export interface PassingOn {
  readonly routing: LinkRouting;
  /** The hospital's day. */
  day(arrivedAt: string): string;
  /** The message is about to be committed with deliveries to these; whoever waits for them begins to. */
  planned?(message: string, destinations: readonly string[]): void;
  /** A message came again that goes to these; whoever waits for them waits for what is left. */
  repeated?(message: string, destinations: readonly string[]): void;
  /** These were committed: whoever delivers may begin. The bodies are given so that they need not be read again. */
  queued(destinations: readonly string[], bodies: readonly Blob[]): void;
}

/** A decision with what it means for the destinations of the link. */
export interface PassedOn extends PlannedDeliveries {
  readonly decision: Decision;
  readonly filteredBy?: string;
}

export interface Passing {
  readonly kept: Kept;
  readonly sent: SentMessage;
  readonly raw: Uint8Array;
  readonly passingOn: PassingOn | undefined;
  /** What the record will have of its reports, where a destination takes those. */
  readonly reports?: PathologyReport | undefined;
}

/** A message that was refused, held or rejected goes nowhere; one that is released later goes then. */
export function passOn(decision: Decision, { kept, sent, raw, passingOn, reports }: Passing): PassedOn {
  const { state } = decision.outcome;
  if (passingOn === undefined || state === "held" || state === "rejected") return { ...noDeliveries, decision };
  const { routing, day } = passingOn;
  const routed = routing.route(sent);
  const { id, message } = kept;
  const { patientReference } = decision;
  const isNothingNew = state !== "routed" && decision.written.length === 0;
  const about = { patientReference, reports, isNothingNew };
  const planned = routing.plan(routed, { id, message, sent, raw, day: day(message.arrivedAt), ...about });
  const isFiltered = state === "routed" && routed.to.length === 0;
  const arrivedOn = blobDayOf(message.arrivedAt);
  return {
    ...planned,
    blobs: planned.blobs.map((blob) => ({ ...blob, day: arrivedOn })),
    decision: isFiltered ? { ...decision, outcome: { ...decision.outcome, state: "filtered" } } : decision,
    ...(routed.filteredBy === undefined ? {} : { filteredBy: routed.filteredBy }),
  };
}
