import type { Sender, SendOutcome } from "#kernel";
import { readAck, readMessage } from "#standards/hl7v2";
import { dueMs, type Pace } from "./pace.ts";
import type { SimulatedMessage } from "./simulated-message.ts";

/** What became of one message: an acknowledgement with its time, or none. */
export interface Answer {
  readonly name: string;
  readonly controlId: string;
  readonly outcome: SendOutcome["is"];
  /** MSA-1 or the status; the problem's code where no answer came. */
  readonly code: string;
  /** From the start of the run. */
  readonly sentMs: number;
  /** From sending it to its acknowledgement. */
  readonly tookMs: number;
}

/** Time as whoever plays has it. */
export interface Timing {
  /** Milliseconds that never run backwards. */
  elapsedMs(): number;
  /** Settles after so long, or when the signal is aborted. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
}

export interface Playing {
  readonly messages: readonly SimulatedMessage[];
  readonly pace: Pace;
  /** Messages under way at once; those of one lane never are. */
  readonly connections: number;
  readonly sender: Pick<Sender, "send">;
  readonly timing: Timing;
  /** Ends it: nothing more is sent, and what is under way is given up. */
  readonly signal: AbortSignal;
  /** Told of each answer as it comes. */
  answered?(answer: Answer): void;
}

export interface Played {
  /** In the order in which they came. */
  readonly answers: readonly Answer[];
  readonly durationMs: number;
}

/**
 * Plays messages: each when it is due, those of one lane one after another in their order. Never rejects; what was not
 * sent when it was ended has no answer.
 */
export async function play(playing: Playing): Promise<Played> {
  const { timing, connections } = playing;
  const startMs = timing.elapsedMs();
  const answers: Answer[] = [];
  const queues = shared(playing.messages, connections);
  await Promise.all(queues.map((queue) => playQueue(queue, { playing, startMs, answers })));
  return { answers, durationMs: timing.elapsedMs() - startMs };
}

interface Placed {
  readonly message: SimulatedMessage;
  /** Its place among all, from 0. */
  readonly at: number;
}

/** A queue for each connection: lanes go to them in turns, and messages without a lane of their own one by one. */
function shared(messages: readonly SimulatedMessage[], connections: number): readonly (readonly Placed[])[] {
  const queues = Array.from({ length: Math.max(1, connections) }, (): Placed[] => []);
  const queueOfLane = new Map<string, number>();
  for (const [at, message] of messages.entries()) {
    const known = queueOfLane.get(message.lane) ?? queueOfLane.size % queues.length;
    queueOfLane.set(message.lane, known);
    queues[known]?.push({ message, at });
  }
  return queues.filter((queue) => queue.length > 0);
}

interface Run {
  readonly playing: Playing;
  readonly startMs: number;
  readonly answers: Answer[];
}

async function playQueue(queue: readonly Placed[], run: Run): Promise<void> {
  const { pace, timing, signal, answered } = run.playing;
  for (const { message, at } of queue) {
    const waitMs = run.startMs + dueMs(pace, { at, atMs: message.atMs }) - timing.elapsedMs();
    if (waitMs > 0 && !signal.aborted) await timing.pause(waitMs, signal);
    if (signal.aborted) return;
    const answer = await sendOne(message, run);
    if (answer === undefined) return;
    run.answers.push(answer);
    answered?.(answer);
  }
}

/** Undefined when it was given up. */
async function sendOne(message: SimulatedMessage, { playing, startMs }: Run): Promise<Answer | undefined> {
  const { sender, timing, signal } = playing;
  const { name, controlId, body } = message;
  const sentMs = timing.elapsedMs();
  const outcome = await sender.send({ body, contentType: hl7, controlId }, signal);
  if (signal.aborted && (outcome.is === "unanswered" || outcome.is === "unreachable")) return undefined;
  const tookMs = timing.elapsedMs() - sentMs;
  return { name, controlId, outcome: outcome.is, code: codeOf(outcome), sentMs: sentMs - startMs, tookMs };
}

const hl7 = "x-application/hl7-v2+er7";

function codeOf(outcome: SendOutcome): string {
  switch (outcome.is) {
    case "accepted":
      return acknowledgedWith(outcome.answer);
    case "refused":
      return outcome.code;
    case "unanswered":
    case "unreachable":
      return outcome.problem.code;
  }
}

/** MSA-1; where the answer is no acknowledgement, it was accepted without one. */
function acknowledgedWith(answer: Uint8Array | undefined): string {
  const ack = answer === undefined ? undefined : readAck(readMessage(answer));
  return ack?.ok === true ? ack.value.code : "accepted";
}
