import { z } from "zod";
import { configurationFile } from "./configuration.ts";
import { messageStates } from "./messages.ts";
import type { IsoInstant } from "./page.ts";

const name = z.string().trim().min(1).max(100);

/** Which messages: all that are given must hold. They are taken in the order in which they arrived. */
export const messageChoice = z.strictObject({
  /** An NHS number, hospital number, control id, placer or filler order number: exactly. */
  q: z.string().trim().min(1).max(200).exactOptional(),
  /** Words, each of which stands somewhere in the message as received, or one that begins so. */
  text: z.string().trim().min(2).max(200).exactOptional(),
  link: name.exactOptional(),
  /** `ORU^R01`, or `ORU` for all of its triggers. */
  type: z.string().trim().min(1).max(20).exactOptional(),
  /** MSH-3 or MSH-4 of the message. */
  sender: name.exactOptional(),
  state: z.array(z.enum(messageStates)).min(1).max(messageStates.length).exactOptional(),
  /** Arrived at or after: a date (its start, in the hospital's time zone) or an instant. */
  from: z.string().max(40).exactOptional(),
  /** Arrived before: an instant, or a date, which is included to its end. */
  to: z.string().max(40).exactOptional(),
});

export type MessageChoice = Readonly<z.infer<typeof messageChoice>>;

export const replayInto = ["record", "destinations", "both"] as const;
export type ReplayInto = (typeof replayInto)[number];

export const replayBody = z.strictObject({
  choice: messageChoice,
  /** Mapped again into the record, sent on again, or both. */
  into: z.enum(replayInto),
  /** Only to these; left out: wherever the routes say. */
  destinations: z.array(name).min(1).max(100).exactOptional(),
  /** Send also what a destination has unchanged, and what a person has let go. Default false. */
  again: z.boolean().exactOptional(),
  /** `new`: a receiver that drops what it has had under its MSH-10 takes it again. Default `same`. */
  controlIds: z.enum(["same", "new"]).exactOptional(),
});

const why = z.string().trim().min(3).max(1_000);
const perSecond = z.int().min(1).max(500);

export const replayStartBody = z.strictObject({ why, perSecond });
export const replayResumeBody = z.strictObject({ perSecond: perSecond.exactOptional() });
export const replayStopBody = z.strictObject({ why });
export const replayMessagesQuery = z.object({
  /** How many to pass over. */
  from: z.coerce.number().int().min(0).max(1_000_000).optional(),
  count: z.coerce.number().int().min(1).max(50).optional(),
});

export const shadowBody = z.strictObject({
  /** A deployed version, or the files of a folder that is not deployed. */
  configuration: z.union([
    z.strictObject({ version: z.int().min(1) }),
    z.strictObject({ files: z.array(configurationFile).min(1).max(2_000) }),
  ]),
  /** What arrived in these many days up to now. */
  days: z.int().min(1).max(400),
  link: name.exactOptional(),
  type: z.string().trim().min(1).max(20).exactOptional(),
  /** What runs now, or what was recorded of each message and is in the record. */
  against: z.enum(["deployed", "recorded"]),
});

export const replayStates = [
  "previewing", // looks at what would change
  "previewed", // waits for a person to start it
  "running",
  "paused",
  "stopped", // by a person: what was done stays done
  "done",
  "failed",
] as const;
export type ReplayState = (typeof replayStates)[number];

export interface ReplaysPage {
  /** Newest first. */
  readonly replays: readonly ReplayView[];
}

export interface Person {
  readonly reference: string;
  readonly display: string;
}

export interface ReplayView {
  readonly id: string;
  readonly state: ReplayState;
  readonly stateText: string;
  readonly choice: MessageChoice;
  readonly into: ReplayInto;
  readonly destinations?: readonly string[];
  readonly again: boolean;
  readonly controlIds: "same" | "new";
  readonly askedBy: Person;
  readonly askedAt: IsoInstant;
  /** Absent until they are chosen. */
  readonly total?: number;
  /** Of the preview while it is previewed, of the replay once it has been started. */
  readonly done: number;
  readonly started?: ReplayStart;
  /** What it has come to so far. */
  readonly counts: ReplayCounts;
  readonly ended?: { readonly by?: Person; readonly at: IsoInstant; readonly why?: string };
  readonly problem?: { readonly code: string; readonly message: string };
}

export interface ReplayStart {
  readonly by: Person;
  readonly at: IsoInstant;
  readonly why: string;
  readonly perSecond: number;
}

export type ReplayCounts = {
  /** Messages that changed something in the record. */
  readonly changed: number;
  /** Messages of which everything was so already. */
  readonly unchanged: number;
  /** Messages that would not be taken by now, or that are for a person: left as they were. */
  readonly refused: number;
  /** Deliveries that were queued. */
  readonly sent: number;
  /** Deliveries left out, because the destination has the message or it is under way. */
  readonly notSent: number;
};

/** One kind of difference. `element` is named without the numbers of list items: `code.coding.code`. */
export type Difference =
  | {
      readonly is: "element";
      readonly kind: string;
      readonly element: string;
      readonly change: "added" | "changed" | "removed";
    }
  | { readonly is: "resource"; readonly kind: string; readonly change: "created" | "not-made" }
  | { readonly is: "outcome"; readonly before: string; readonly after: string }
  | { readonly is: "destination"; readonly destination: string; readonly change: "added" | "removed" };

export interface DifferenceGroup {
  readonly difference: Difference;
  /** In how many messages. */
  readonly messages: number;
  readonly examples: readonly DifferenceExample[];
}

export interface DifferenceExample {
  /** Id of the message. */
  readonly message: string;
  /** `Observation/7c…`. */
  readonly resource?: string;
  /** `code.coding[1].code`. */
  readonly where?: string;
  readonly before?: string;
  readonly after?: string;
}

export interface DifferenceReport {
  /** Those that were looked at. */
  readonly messages: number;
  /** Of these, those with a difference. */
  readonly different: number;
  /** In most messages first. */
  readonly groups: readonly DifferenceGroup[];
  /** Kinds of difference beyond `limits.replayGroupsMax`. */
  readonly groupsLeftOut: number;
}

/** What would become of a delivery. */
export const deliveryEffects = [
  "new", // the destination has never had the message
  "changed", // it has had it with other content
  "duplicate", // it has had it as it is
  "under-way", // it waits to be sent already
  "parked", // a person decides on it on the page of deliveries
  "let-go", // a person has said that it is not to be sent
  "not-made", // its content cannot be made
] as const;
export type DeliveryEffect = (typeof deliveryEffects)[number];

export interface DestinationEffects {
  readonly destination: string;
  /** How many deliveries of each. */
  readonly effects: Readonly<Record<DeliveryEffect, number>>;
  /** How many of them would be sent. */
  readonly sent: number;
}

export interface ReplayPreview {
  readonly record: DifferenceReport;
  readonly destinations: readonly DestinationEffects[];
  /** Nothing in the record would change, and nothing be sent. */
  readonly duplicates: { readonly messages: number; readonly examples: readonly string[] };
  /** Messages that are left as they are, by the reason. */
  readonly left: readonly LeftMessages[];
}

export interface LeftMessages {
  /** `held: unknown-code`, `merge`, `refused-by-person`. */
  readonly code: string;
  readonly text: string;
  readonly messages: number;
  readonly examples: readonly string[];
}

export interface ReplayMessagesPage {
  readonly messages: readonly ReplayMessageView[];
  readonly total: number;
  /** `from` of the next page. */
  readonly next?: number;
}

/** One message field by field, as things are now. */
export interface ReplayMessageView {
  readonly id: string;
  readonly arrivedAt: IsoInstant;
  readonly link: string;
  readonly type?: string;
  readonly controlId?: string;
  readonly stateText: string;
  /** Nothing in the record would change, and nothing be sent. */
  readonly isDuplicate: boolean;
  readonly differences: readonly (DifferenceExample & { readonly difference: Difference })[];
  /** Further ones are left out. */
  readonly differencesLeftOut: number;
  readonly deliveries: readonly {
    readonly destination: string;
    readonly effect: DeliveryEffect;
    readonly isSent: boolean;
  }[];
  readonly left?: { readonly code: string; readonly text: string };
}

export const shadowStates = ["running", "done", "stopped", "failed"] as const;
export type ShadowState = (typeof shadowStates)[number];

export interface ShadowRunsPage {
  /** Newest first. */
  readonly runs: readonly ShadowRunView[];
}

export interface ShadowRunView {
  readonly id: string;
  readonly state: ShadowState;
  readonly stateText: string;
  /** Absent: files that are not deployed. */
  readonly version?: number;
  readonly against: "deployed" | "recorded";
  /** The version that ran when it was asked for; 0: none was ever deployed. */
  readonly deployedVersion: number;
  readonly choice: MessageChoice;
  readonly askedBy: Person;
  readonly askedAt: IsoInstant;
  readonly total?: number;
  readonly done: number;
  readonly endedAt?: IsoInstant;
  readonly problem?: { readonly code: string; readonly message: string };
  /** Once it is done. */
  readonly report?: DifferenceReport;
}
