import { type Ack, type AckProgress, type AckTerms, beginWaiting, matchAck, takeAck } from "#standards/hl7v2";

/** An answer that belongs to no message under way: late, doubled, that of another, or none at all. */
export interface StrayAnswer {
  /** `foreign` names another message or none, `unreadable` is no acknowledgement, `unasked` came while nothing was awaited. */
  readonly reason: "foreign" | "unreadable" | "unasked";
  /** The message whose acknowledgement was awaited. */
  readonly controlId?: string;
  /** MSA-2, as far as it could be read. */
  readonly named?: string;
  /** As it came. It may name a patient. */
  readonly answer: Uint8Array;
}

/** The acknowledgements of one message, as they come. */
export interface Awaited {
  progress(): AckProgress;
  /** The last that was this message's. */
  last(): { readonly ack: Ack; readonly bytes: Uint8Array } | undefined;
  take(answer: Uint8Array): "done" | "more" | "stray";
}

export interface Awaiting {
  readonly controlId: string;
  readonly terms: AckTerms;
  strayed(stray: StrayAnswer): void;
}

export function awaitAcknowledgements({ controlId, terms, strayed }: Awaiting): Awaited {
  let progress = beginWaiting(terms);
  let last: { readonly ack: Ack; readonly bytes: Uint8Array } | undefined;
  return {
    progress: () => progress,
    last: () => last,
    take(bytes) {
      const match = matchAck(bytes, controlId);
      if (match.is !== "ours") {
        strayed(strayOf(bytes, controlId));
        return "stray";
      }
      last = { ack: match.ack, bytes };
      progress = takeAck(progress, match.ack.code, terms);
      return progress.is === "waiting" ? "more" : "done";
    },
  };
}

/** `controlId` is that of the message under way, if there is one. */
export function strayOf(answer: Uint8Array, controlId: string | undefined): StrayAnswer {
  const match = matchAck(answer, "");
  const reason = controlId === undefined ? "unasked" : match.is === "unreadable" ? "unreadable" : "foreign";
  return {
    reason,
    ...(controlId !== undefined && { controlId }),
    ...(match.is !== "unreadable" && { named: match.ack.controlId }),
    answer,
  };
}
