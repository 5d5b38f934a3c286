import { type Log, limits, type OutgoingMessage, type Sender, type SendOutcome, unavailable } from "#kernel";
import type { ClientTlsFiles } from "#links/tls";
import { type AckTerms, ackTerms, frameMessage, originalTerms, peekHeader } from "#standards/hl7v2";
import { awaitAcknowledgements, type StrayAnswer, strayOf } from "./awaiting.ts";
import { type HeldLine, LinePool } from "./line-pool.ts";
import { connectionLost, outcomeOf } from "./send-outcome.ts";
import { statusOf } from "./sender-status.ts";
import type { MllpLimits } from "./settings.ts";

/** An `OutletSettings` by MLLP, with the name of its destination, is one of these. */
export interface MllpSenderSettings {
  /** Names the destination in logs: `gp`. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** Absent: connections are not encrypted. */
  readonly tls?: ClientTlsFiles;
  /** Connections at once, and so messages under way at once. */
  readonly connections: number;
  /** For each acknowledgement of a message. */
  readonly answerWithinSeconds: number;
  /** `original` waits for one acknowledgement; `enhanced` for those that MSH-15 and MSH-16 of the message ask for. */
  readonly mode: "original" | "enhanced";
}

export interface MllpSenderOptions {
  readonly log: Log;
  /** Told of every acknowledgement that belongs to no message under way. */
  strayed?(stray: StrayAnswer): void;
  /** Default 10,000. */
  readonly connectTimeoutMs?: number;
  /** Other bounds than the usual ones, for tests. */
  readonly limits?: Partial<MllpLimits>;
}

/**
 * Sends HL7 v2 messages to one receiver over connections that are kept. An acknowledgement counts only when its MSA-2 is
 * the control id of the message. Outcomes:
 *
 * - `accepted`: AA or CA; in enhanced mode AA where MSH-16 asks for it. Without an answer, where the message asks for none.
 * - `refused`: AE, AR, CE, CR, with problems as `refusalOf` gives them; `frame-content-forbidden`: it cannot be sent at all.
 * - `unanswered`: `no-answer`, `application-answer-missing` after a CA, `answer-strayed`, `connection-lost`, `send-aborted`.
 * - `unreachable`: `not-connected`, `tls-file-unreadable`, `tls-file-invalid`, `send-queue-full`, `sender-closed`,
 *   `send-aborted`.
 *
 * Source: HL7 v2.5.1 §2.9.2, §2.9.3; HL7 Transport Specification MLLP, Release 1.
 */
export function mllpSender(settings: MllpSenderSettings, options: MllpSenderOptions): Sender {
  const bounds: MllpLimits = { ...limits, ...options.limits };
  const strayed = (stray: StrayAnswer) => {
    const { reason, controlId, named } = stray;
    options.log.warn("mllp acknowledgement strayed", { destination: settings.name, reason, controlId, named });
    options.strayed?.(stray);
  };
  const pool = new LinePool({
    ...settings,
    connectTimeoutMs: options.connectTimeoutMs ?? 10_000,
    frameBytesMax: bounds.mllpFrameBytesMax,
    settleMs: bounds.mllpSettleMs,
    queueMax: bounds.mllpSendQueueMax,
    unasked: (answer) => strayed(strayOf(answer, undefined)),
  });
  return {
    send: (message, signal) => send(message, signal, { settings, pool, strayed }),
    status: () => statusOf(settings, pool),
    async close() {
      pool.close();
    },
  };
}

interface Sending {
  readonly settings: MllpSenderSettings;
  readonly pool: LinePool;
  strayed(stray: StrayAnswer): void;
}

async function send(message: OutgoingMessage, signal: AbortSignal, sending: Sending): Promise<SendOutcome> {
  const frame = frameMessage(message.body);
  if (!frame.ok) return { is: "refused", code: frame.problems[0].code, problem: frame.problems[0] };
  if (signal.aborted) return { is: "unreachable", problem: aborted };
  const held = await sending.pool.take(signal);
  if (!held.ok) return { is: "unreachable", problem: held.problems[0] };
  const { line, release } = held.value;
  if (!signal.aborted) return exchange({ message, frame: frame.value, line, release, signal }, sending);
  release("neither");
  return { is: "unreachable", problem: aborted };
}

interface Exchange extends HeldLine {
  readonly message: OutgoingMessage;
  readonly frame: Uint8Array;
  readonly signal: AbortSignal;
}

async function exchange(given: Exchange, { settings, strayed }: Sending): Promise<SendOutcome> {
  const { message, frame, line, release, signal } = given;
  const awaited = awaitAcknowledgements({ controlId: message.controlId, terms: termsOf(message, settings), strayed });
  if (awaited.progress().is !== "waiting") {
    const isSent = await line.tell(frame);
    release(isSent ? "success" : "failure");
    return isSent ? { is: "accepted" } : { is: "unanswered", problem: connectionLost };
  }
  const answerWithinMs = settings.answerWithinSeconds * 1_000;
  const isSilenceFine = () => {
    const progress = awaited.progress();
    return progress.is === "waiting" && progress.silence === "accepted";
  };
  const end = await line.ask({ frame, answerWithinMs, signal, take: awaited.take, isSilenceFine });
  release(end === "aborted" ? "neither" : end === "done" || end === "silent-as-agreed" ? "success" : "failure");
  return outcomeOf(end, awaited, answerWithinMs);
}

const aborted = unavailable("send-aborted", "Sending was given up before the message was sent.");

function termsOf({ body }: OutgoingMessage, { mode }: MllpSenderSettings): AckTerms {
  return mode === "original" ? originalTerms : ackTerms(peekHeader(body).header);
}
