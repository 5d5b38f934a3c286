import type { Log, limits, Problem } from "#kernel";
import type { LinkMeter } from "./link-meter.ts";

export type MllpLimits = { readonly [Name in keyof typeof limits]: number };

/** A connection as the receiving side sees it. */
export interface MllpConnection {
  /** Unlike any other of this listener since it started: `pathology-17`. */
  readonly id: string;
  /** The listener's name. */
  readonly link: string;
  readonly remoteAddress: string;
  /** With TLS and client certificates: whose certificate it is, and its SHA-256 fingerprint. */
  readonly certificate?: { readonly subject: string; readonly fingerprint: string };
}

/**
 * Takes one message. Called as messages come, so calls of one connection may overlap, up to `mllpInFlightMax`; the
 * answers are sent in the order of the messages. Settles when everything is durable, with the acknowledgement to send,
 * or undefined when the sender wants none. A rejection means that nothing may be acknowledged: the connection is closed,
 * and the sender sends again.
 */
export type Receive = (message: Uint8Array, connection: MllpConnection) => Promise<Replies | Uint8Array | undefined>;

/** What a message is answered now, and what later. */
export interface Replies {
  /** In the order of the messages: the commit acknowledgement, or in original mode the only one. */
  readonly now: Uint8Array | undefined;
  /**
   * Application acknowledgements, each sent when it settles: after `now` of its own message, in no order with those of
   * other messages. Undefined: none is wanted. At most `mllpDeferredMax` are waited for on one connection. A rejection,
   * and a connection that is closed before, are logged and counted; the sender learns nothing and asks again.
   */
  readonly later: readonly Promise<Uint8Array | undefined>[];
}

/** Words the refusal of a frame that is too large to take; `head` is its beginning. The connection is closed after it. */
export type Refuse = (refused: RefusedFrame, connection: MllpConnection) => Promise<Uint8Array | undefined>;

export interface RefusedFrame {
  /** `frame-too-large` */
  readonly problem: Problem;
  /** At most `refusedHeadBytes`. */
  readonly head: Uint8Array;
}

/** Enough for the message header, and then some. */
export const refusedHeadBytes = 4_096;

/** What every conversation of one listener shares. */
export interface LinkSettings {
  readonly name: string;
  readonly receive: Receive;
  readonly refuse: Refuse;
  readonly log: Log;
  readonly meter: LinkMeter;
  readonly limits: MllpLimits;
}
