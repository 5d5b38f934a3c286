import type { IsoInstant } from "./page.ts";

export interface LinksPage {
  readonly links: readonly LinkView[];
  /** Sum over the links. */
  readonly today: LinkCounts;
  /** The day that `today` counts, in the hospital's time zone: `2026-11-23`. */
  readonly day: string;
  readonly at: IsoInstant;
  readonly position: number;
}

export interface LinkView {
  /** `lab`. */
  readonly name: string;
  readonly title: string;
  readonly state: LinkState;
  /** `listening on 127.0.0.1:2575`, or why not. */
  readonly stateText: string;
  /** Open connections now. */
  readonly connections: number;
  readonly connectionsMax: number;
  /** Names of the destinations that its routes lead to. */
  readonly destinations: readonly string[];
  readonly lastMessage?: LastMessage;
  readonly lastError?: LinkError;
  /** From the record: messages that arrived today, by what became of them. */
  readonly today: LinkCounts;
  /** Of any day: held or rejected, which need a person now, and `received`, which are still to be mapped. */
  readonly waiting: {
    readonly held: number;
    readonly rejected: number;
    readonly received: number;
  };
  readonly types: readonly TypeCounts[];
  /** Messages in each minute of the last two hours, oldest first: 120 numbers; the last is the minute under way. */
  readonly perMinute: readonly number[];
  /** Start of the first minute. */
  readonly perMinuteFrom: IsoInstant;
}

/** `unknown`: there are messages of this link in the record, and no such link is set up. */
export const linkStates = ["listening", "stopped", "failed", "unknown"] as const;
export type LinkState = (typeof linkStates)[number];

/** Every message is in exactly one of these. */
export interface LinkCounts {
  /** All of them. */
  readonly total: number;
  /** Kept as they came, and about to be mapped. */
  readonly received: number;
  readonly mapped: number;
  readonly stale: number;
  readonly held: number;
  readonly rejected: number;
  /** Passed on to destinations without being mapped. */
  readonly routed: number;
  /** Wanted by no destination, and not mapped. */
  readonly filtered: number;
}

export interface TypeCounts {
  /** `ORU^R01`; `not stated` for messages without one. */
  readonly type: string;
  readonly today: LinkCounts;
}

export interface LastMessage {
  readonly id: string;
  readonly at: IsoInstant;
  readonly type?: string;
  readonly state: string;
}

export interface LinkError {
  readonly at: IsoInstant;
  readonly text: string;
  /** The message it is about, where there is one. */
  readonly messageId?: string;
}

/** Certificates of doors, and those that links and destinations name. */
export interface CertificatesPage {
  readonly certificates: readonly CertificateView[];
}

export interface CertificateView {
  readonly of: "door" | "link" | "destination";
  /** Of the link or destination; of a door `http` or `dicom`. */
  readonly name: string;
  /** `own` is shown to the other side; `authority` says whom to trust. */
  readonly use: "own" | "authority";
  /** The PEM file. */
  readonly path: string;
  /** Absent where the file cannot be read. */
  readonly expiresAt?: IsoInstant;
  readonly problem?: string;
}
