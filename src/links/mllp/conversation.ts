import type { Socket } from "node:net";
import type { Problem } from "#kernel";
import {
  awaitsCr,
  closeFrames,
  type FrameState,
  type FrameStep,
  noFrames,
  settleFrames,
  splitFrames,
} from "#standards/hl7v2";
import type { Outcome } from "./link-meter.ts";
import { Outbox } from "./outbox.ts";
import {
  type LinkSettings,
  type MllpConnection,
  type RefusedFrame,
  type Replies,
  refusedHeadBytes,
} from "./settings.ts";

type Arrival =
  | { readonly kind: "message"; readonly content: Uint8Array }
  | { readonly kind: "too-large"; readonly refused: RefusedFrame };

/** Work that was begun; its answer settles and never rejects. */
interface UnderWay {
  readonly kind: Arrival["kind"];
  readonly bytes: number;
  readonly sinceMs: number;
  readonly answer: Promise<Answer>;
}

type Answer = { readonly ok: true; readonly replies: Replies } | { readonly ok: false; readonly cause: unknown };

/**
 * One sender's connection: messages in, answers out in the same order. What it holds is bounded: with
 * `mllpInFlightMax` messages or `mllpInFlightBytesMax` bytes under way it reads no further, and it begins nothing while
 * the sender does not take its answers.
 */
export class Conversation {
  readonly connection: MllpConnection;
  readonly #socket: Socket;
  readonly #link: LinkSettings;
  readonly #outbox: Outbox;
  /** Framed, and not begun because too much is under way. No more than one read of the socket holds. */
  #waiting: Arrival[] = [];
  #underWay: UnderWay[] = [];
  #bytesUnderWay = 0;
  /** Application acknowledgements still to come. */
  #deferred = 0;
  #frames: FrameState = noFrames;
  #quiet: NodeJS.Timeout | undefined;
  #isInputOver = false;
  #isAnswering = false;
  #isHungUp = false;

  constructor(socket: Socket, connection: MllpConnection, link: LinkSettings) {
    this.#socket = socket;
    this.connection = connection;
    this.#link = link;
    this.#outbox = new Outbox(socket, {
      answerTimeoutMs: link.limits.mllpAnswerTimeoutMs,
      stuck: () => this.#note("mllp sender takes no acknowledgements"),
    });
    socket.on("data", (bytes) => {
      if (!this.#isInputOver)
        this.#take(splitFrames(this.#frames, bytes, { frameBytesMax: link.limits.mllpFrameBytesMax }));
    });
    socket.on("end", () => this.#endInput());
    socket.on("error", (error: NodeJS.ErrnoException) => this.#note("mllp connection broke", { code: error.code }));
    socket.on("close", () => clearTimeout(this.#quiet));
  }

  /** Reads no further, answers what is under way, hangs up. */
  stop(): void {
    this.#stopListening();
    this.#waiting = [];
    this.#proceed();
  }

  #take(step: FrameStep): void {
    this.#frames = step.state;
    this.#reportSkipped(step);
    this.#waiting.push(...step.frames.map((content) => ({ kind: "message", content }) as const));
    const problem = step.problems.find(({ code }) => code === "frame-too-large");
    if (problem !== undefined) {
      this.#waiting.push({ kind: "too-large", refused: { problem, head: headOfTooLarge(step) } });
      this.#stopListening();
    }
    this.#proceed();
  }

  /** Begins what there is room for, then reads on, waits, or hangs up. */
  #proceed(): void {
    while (this.#hasRoom() && this.#waiting.length > 0) this.#begin(this.#waiting.shift() as Arrival);
    if (!this.#isInputOver) {
      if (this.#waiting.length > 0 || !this.#hasRoom()) this.#socket.pause();
      else this.#socket.resume();
    }
    this.#watchForQuiet();
    const isDone = this.#waiting.length === 0 && this.#underWay.length === 0 && this.#deferred === 0;
    if (this.#isInputOver && isDone) this.#hangUp();
  }

  #hasRoom(): boolean {
    const { mllpInFlightMax, mllpInFlightBytesMax, mllpDeferredMax } = this.#link.limits;
    const isHeldBack = this.#underWay.length >= mllpInFlightMax || this.#bytesUnderWay >= mllpInFlightBytesMax;
    // Each message under way may bring another.
    return !isHeldBack && this.#deferred + this.#underWay.length < mllpDeferredMax;
  }

  #begin(arrival: Arrival): void {
    const bytes = arrival.kind === "message" ? arrival.content.length : arrival.refused.head.length;
    this.#bytesUnderWay += bytes;
    this.#underWay.push({ kind: arrival.kind, bytes, sinceMs: performance.now(), answer: this.#answerTo(arrival) });
    if (!this.#isAnswering) void this.#answerInOrder();
  }

  async #answerTo(arrival: Arrival): Promise<Answer> {
    const { receive, refuse } = this.#link;
    try {
      const answer =
        arrival.kind === "message"
          ? await receive(arrival.content, this.connection)
          : await refuse(arrival.refused, this.connection);
      const replies = answer === undefined || answer instanceof Uint8Array ? { now: answer, later: [] } : answer;
      // Each is waited for once its turn comes; until then nobody must think that a rejection goes unheard.
      for (const later of replies.later) later.catch(() => {});
      return { ok: true, replies };
    } catch (cause) {
      return { ok: false, cause };
    }
  }

  async #answerInOrder(): Promise<void> {
    this.#isAnswering = true;
    for (let first = this.#underWay[0]; first !== undefined; first = this.#underWay[0]) {
      const answer = await first.answer;
      const outcome = answer.ok ? await this.#send(first, answer.replies) : this.#fail(answer.cause);
      this.#link.meter.message(outcome, performance.now() - first.sinceMs);
      if (outcome === "failed") break;
      this.#underWay.shift();
      this.#bytesUnderWay -= first.bytes;
      this.#proceed();
    }
    this.#isAnswering = false;
  }

  async #send({ kind }: UnderWay, { now, later }: Replies): Promise<Outcome> {
    const outcome = kind === "message" ? "acknowledged" : "refused";
    if (now !== undefined) {
      const sent = await this.#outbox.send(now);
      if (sent.is !== "sent") return this.#fail(sent.is === "unframed" ? sent.cause : undefined);
    }
    this.#deferred += later.length;
    for (const answer of later) void this.#sendLater(answer);
    return now === undefined && kind === "message" ? "taken" : outcome;
  }

  /** The message itself is safe: whatever goes wrong here costs its sender a repetition, and nothing else. */
  async #sendLater(answer: Promise<Uint8Array | undefined>): Promise<void> {
    try {
      const content = await answer;
      const sent = content === undefined ? undefined : await this.#outbox.send(content);
      if (sent?.is === "unframed") throw sent.cause;
      if (sent?.is === "lost") this.#note("mllp application acknowledgement not sent");
      if (sent !== undefined) this.#link.meter.deferred(sent.is === "sent" ? "sent" : "unsent");
    } catch (cause) {
      this.#link.meter.deferred("unsent");
      this.#logFailure("mllp application acknowledgement failed", cause);
    }
    this.#deferred -= 1;
    this.#proceed();
  }

  /** Nothing from this message on may be acknowledged: the answers before it go out, and the sender sends again. */
  #fail(cause: unknown): "failed" {
    if (cause !== undefined) this.#logFailure("mllp message failed", cause);
    this.#stopListening();
    this.#waiting = [];
    this.#underWay = [];
    this.#hangUp();
    return "failed";
  }

  /** The sender has said all it had to say, and may still be waiting for answers. */
  #endInput(): void {
    if (this.#isInputOver) return;
    this.#isInputOver = true;
    this.#take(closeFrames(this.#frames));
  }

  #stopListening(): void {
    this.#isInputOver = true;
    this.#frames = noFrames;
    this.#socket.pause();
  }

  /** Ends our side; what still comes is thrown away for a moment, because closing on unread bytes would lose the answer. */
  #hangUp(): void {
    if (this.#isHungUp) return;
    this.#isHungUp = true;
    clearTimeout(this.#quiet);
    const linger = setTimeout(() => this.#socket.destroy(), this.#link.limits.mllpLingerMs);
    this.#socket.once("close", () => clearTimeout(linger));
    this.#socket.end();
    this.#socket.resume();
  }

  /** A frame that waits for its CR is settled soon, one that stops in the middle is given up later. */
  #watchForQuiet(): void {
    clearTimeout(this.#quiet);
    if (this.#isInputOver || this.#socket.isPaused() || this.#frames.phase === "between") return;
    const { mllpSettleMs, mllpIdleTimeoutMs } = this.#link.limits;
    this.#quiet = awaitsCr(this.#frames)
      ? setTimeout(() => this.#take(settleFrames(this.#frames)), mllpSettleMs)
      : setTimeout(() => this.#endInput(), mllpIdleTimeoutMs);
  }

  /** Says how much was skipped and why; never what it was. */
  #reportSkipped({ problems, skipped }: FrameStep): void {
    for (const { reason, bytes } of skipped) this.#link.meter.skipped(reason, bytes.length);
    for (const { code, message } of problems) this.#note("mllp framing", { code, message });
  }

  #logFailure(event: string, cause: unknown): void {
    const error = cause instanceof Error ? cause : undefined;
    this.#link.log.error(event, { ...this.#named(), error, code: codeOf(cause) });
  }

  #note(event: string, fields: { readonly code?: string | undefined; readonly message?: string } = {}): void {
    this.#link.log.warn(event, { ...this.#named(), ...fields });
  }

  #named(): { readonly link: string; readonly connection: string } {
    return { link: this.connection.link, connection: this.connection.id };
  }
}

function headOfTooLarge({ skipped }: FrameStep): Uint8Array {
  const first = skipped.find(({ reason }) => reason === "too-large")?.bytes ?? new Uint8Array(0);
  return first.slice(0, refusedHeadBytes);
}

function codeOf(cause: unknown): string | undefined {
  return (cause as Partial<Problem> | undefined)?.code;
}
