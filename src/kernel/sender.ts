import type { Problem } from "./problem.ts";

/**
 * Takes messages to one destination: what `links` implements for MLLP, HTTP, folders, SFTP and FHIR, and what the
 * delivering of messages calls. Several may be under way at once; a caller that wants order waits for each.
 */
export interface Sender {
  /** Never rejects. After `signal` is aborted it settles soon, with `unanswered` or `unreachable`. */
  send(message: OutgoingMessage, signal: AbortSignal): Promise<SendOutcome>;
  /** `connected`, `connecting`, `idle`, `failing`, with a sentence for the page of links. */
  status(): SenderStatus;
  close(): Promise<void>;
}

export interface OutgoingMessage {
  readonly body: Uint8Array;
  /** `x-application/hl7-v2+er7`, `application/fhir+json`, `application/edifact` … */
  readonly contentType: string;
  /** What an acknowledgement must name: MSH-10 of an HL7 v2 message, and the name of a file. Unlike any other under way. */
  readonly controlId: string;
}

/**
 * What became of one try. An acknowledgement that names another message is never taken for this one's: the sender logs
 * it, closes the connection, and the try is `unanswered`.
 */
export type SendOutcome =
  /** AA or CA, a status 2xx, or a file that is on the other side under its name. */
  | { readonly is: "accepted"; readonly answer?: Uint8Array }
  /** AE, AR, CE or CR, a status 4xx or 5xx: it arrived, and was not taken. */
  | { readonly is: "refused"; readonly problem: Problem; readonly code: string; readonly answer?: Uint8Array }
  /** It may have arrived: no answer in time, or the connection broke. */
  | { readonly is: "unanswered"; readonly problem: Problem }
  /** It was not sent. */
  | { readonly is: "unreachable"; readonly problem: Problem };

export interface SenderStatus {
  readonly state: "idle" | "connected" | "connecting" | "failing" | "closed";
  /** A few plain words: `connected to 10.1.2.3:6661`. */
  readonly text: string;
  /** Since when it is so, where that is known. */
  readonly sinceMs?: number;
}
