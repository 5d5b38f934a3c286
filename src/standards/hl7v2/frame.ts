import { incorrect, ok, type Problem, type Result } from "#kernel";
import { append, type GrowingBytes, noBytes, toBytes } from "./growing-bytes.ts";

/**
 * MLLP puts HL7 messages on a stream of bytes:
 *
 *     SB   content                          EB   CR
 *     0B   4D 53 48 7C 5E 7E 5C 26 … 0D     1C   0D
 *
 * TCP may cut the stream anywhere, so the splitter is a state and a step: what was left over, and what has now come.
 * The same bytes give the same frames however they were cut. A byte is looked at once.
 *
 * |         | SB                   | EB             | CR                 | LF                    | another byte   |
 * |---------|----------------------|----------------|--------------------|-----------------------|----------------|
 * | between | → inside             | skipped        | skipped quietly    | skipped quietly       | skipped        |
 * | inside  | content (see below)  | → ending       | content            | content               | content        |
 * | ending  | complete* → inside   | EB was content | complete → between | complete* → between   | EB was content |
 *
 * A frame marked * is complete, and reported for want of its CR.
 *
 * Two tolerances, because the field needs them:
 *
 * - *No CR after EB.* Some senders never send it and wait for their acknowledgement, so it must not be waited for
 *   without end; others have an EB byte in a text, so it alone must not end a frame. The byte after EB decides. When
 *   none comes, the caller says so (`settleFrames`) and the frame is complete.
 * - *SB inside a frame.* A sender that broke off and starts again sends SB and a message header: what came before is
 *   reported as a truncated frame. Any other SB is a vertical tab, as word processors put in letters: it is content.
 *
 * Source: HL7 Transport Specification MLLP, Release 1.
 */
const SB = 0x0b;
const EB = 0x1c;
const CR = 0x0d;
const LF = 0x0a;

export interface FrameOptions {
  /** Bytes of content in one frame; a longer frame is skipped to its end and reported. */
  readonly frameBytesMax: number;
}

/** Where the splitter stands in one connection. Begin with `noFrames`; keep what each step gives. */
export type FrameState = Between | Open;

interface Between {
  readonly phase: "between";
  /** Frames begun so far. */
  readonly frameCount: number;
  /** Skipped since the last frame, CR and LF not counted. */
  readonly garbageBytes: number;
}

interface Open {
  readonly phase: "inside" | "ending";
  readonly frameCount: number;
  /** Absent once the frame is too large to keep. */
  readonly content: GrowingBytes | undefined;
  /** EB bytes that turned out to be content. */
  readonly strayEnds: number;
}

/** Bytes that are in no frame handed out. They are views of what was received: copy them to keep them. */
export interface SkippedBytes {
  readonly reason: "garbage" | "truncated" | "too-large";
  readonly bytes: Uint8Array;
}

export interface FrameStep {
  readonly state: FrameState;
  /** Contents of the frames completed in this step, in order, without SB, EB and CR. They share no memory. */
  readonly frames: readonly Uint8Array[];
  /** Everything received is either in a frame, or in the state, or here. */
  readonly skipped: readonly SkippedBytes[];
  /** `frame-garbage`, `frame-truncated`, `frame-too-large`, `frame-end-incomplete`, `frame-end-in-content`. */
  readonly problems: readonly Problem[];
}

export const noFrames: FrameState = { phase: "between", frameCount: 0, garbageBytes: 0 };

/** Takes what a connection has received. Frames split anywhere, and several in one packet, are all the same to it. */
export function splitFrames(state: FrameState, received: Uint8Array, options: FrameOptions): FrameStep {
  const step = stepFrom(state);
  let at = 0;
  while (at < received.length) {
    const rest = received.subarray(at);
    switch (step.state.phase) {
      case "between":
        at += takeBetween(step, step.state, rest);
        break;
      case "inside":
        at += takeInside(step, step.state, rest, options);
        break;
      case "ending":
        at += takeEnding(step, step.state, rest, options);
        break;
    }
  }
  return step;
}

/** Whether a frame waits for nothing but its CR. When it does not come in `limits.mllpSettleMs`, call `settleFrames`. */
export function awaitsCr(state: FrameState): boolean {
  return state.phase === "ending";
}

/** The line has gone quiet: a frame that waits for nothing but its CR is complete. */
export function settleFrames(state: FrameState): FrameStep {
  const step = stepFrom(state);
  if (state.phase === "ending") completeWithoutCr(step, state);
  return step;
}

/** The connection has ended: reports what is left. The state it gives is that of a new connection. */
export function closeFrames(state: FrameState): FrameStep {
  const step = stepFrom(state);
  if (state.phase === "between") reportGarbage(step, state, state.frameCount + 1);
  if (state.phase === "ending") completeWithoutCr(step, state);
  if (state.phase === "inside" && state.content !== undefined) truncate(step, state, toBytes(state.content));
  step.state = noFrames;
  return step;
}

/**
 * Content as one frame. `frame-content-forbidden` when it holds SB or EB: a receiver could take a part for the whole.
 */
export function frameMessage(content: Uint8Array): Result<Uint8Array> {
  if (content.includes(SB) || content.includes(EB)) {
    const message = "A message that holds the byte 0B or 1C cannot be sent over MLLP.";
    return { ok: false, problems: [incorrect("frame-content-forbidden", message)] };
  }
  const frame = new Uint8Array(content.length + 3);
  frame[0] = SB;
  frame.set(content, 1);
  frame[content.length + 1] = EB;
  frame[content.length + 2] = CR;
  return ok(frame);
}

/** A step while it is being made. */
interface StepDraft {
  state: FrameState;
  readonly frames: Uint8Array[];
  readonly skipped: SkippedBytes[];
  readonly problems: Problem[];
}

function stepFrom(state: FrameState): StepDraft {
  return { state, frames: [], skipped: [], problems: [] };
}

/** These three give the number of bytes they have dealt with. */
function takeBetween(step: StepDraft, state: Between, rest: Uint8Array): number {
  const start = rest.indexOf(SB);
  const between = start === -1 ? rest : rest.subarray(0, start);
  if (between.length > 0) step.skipped.push({ reason: "garbage", bytes: between });
  const passed = { ...state, garbageBytes: state.garbageBytes + countGarbage(between) };
  if (start === -1) {
    step.state = passed;
    return rest.length;
  }
  reportGarbage(step, passed, state.frameCount + 1);
  step.state = { phase: "inside", frameCount: state.frameCount + 1, content: noBytes, strayEnds: 0 };
  return start + 1;
}

function takeInside(step: StepDraft, state: Open, rest: Uint8Array, options: FrameOptions): number {
  const end = rest.indexOf(EB);
  const piece = end === -1 ? rest : rest.subarray(0, end);
  const content = keepContent(step, state, piece, options);
  step.state = { ...state, phase: end === -1 ? "inside" : "ending", content };
  return end === -1 ? rest.length : end + 1;
}

function takeEnding(step: StepDraft, state: Open, rest: Uint8Array, options: FrameOptions): number {
  switch (rest[0]) {
    case CR:
      complete(step, state);
      return 1;
    case SB:
    case LF:
      completeWithoutCr(step, state);
      return 0;
    default: {
      const content = keepContent(step, state, Uint8Array.of(EB), options);
      step.state = { ...state, phase: "inside", content, strayEnds: state.strayEnds + 1 };
      return 0;
    }
  }
}

function keepContent(step: StepDraft, state: Open, piece: Uint8Array, options: FrameOptions): GrowingBytes | undefined {
  if (state.content === undefined) {
    step.skipped.push({ reason: "too-large", bytes: piece });
    return undefined;
  }
  const content = append(state.content, piece);
  if (content.length <= options.frameBytesMax) return content;
  step.skipped.push({ reason: "too-large", bytes: toBytes(content) });
  const message = `The frame is larger than ${options.frameBytesMax} bytes.`;
  step.problems.push(incorrect("frame-too-large", message, { where: frameName(state.frameCount) }));
  return undefined;
}

function completeWithoutCr(step: StepDraft, state: Open): void {
  const message = "The frame ends with 1C and no 0D.";
  step.problems.push(incorrect("frame-end-incomplete", message, { where: frameName(state.frameCount) }));
  complete(step, state);
}

function complete(step: StepDraft, state: Open): void {
  step.state = { phase: "between", frameCount: state.frameCount, garbageBytes: 0 };
  if (state.content === undefined) return;
  if (state.strayEnds > 0) {
    const message = `${state.strayEnds} bytes 1C without 0D were taken as content.`;
    step.problems.push(incorrect("frame-end-in-content", message, { where: frameName(state.frameCount) }));
  }
  const content = toBytes(state.content);
  const restart = lastRestart(content);
  if (restart === -1) {
    step.frames.push(content);
    return;
  }
  truncate(step, state, content.subarray(0, restart));
  step.frames.push(content.slice(restart + 1));
  step.state = { ...step.state, frameCount: state.frameCount + 1 };
}

function truncate(step: StepDraft, state: Open, bytes: Uint8Array): void {
  step.skipped.push({ reason: "truncated", bytes });
  const message = `A frame was broken off after ${bytes.length} bytes.`;
  step.problems.push(incorrect("frame-truncated", message, { where: frameName(state.frameCount) }));
}

function reportGarbage(step: StepDraft, state: Between, frameNumber: number): void {
  if (state.garbageBytes === 0) return;
  const message = `${state.garbageBytes} bytes outside any frame were skipped.`;
  step.problems.push(incorrect("frame-garbage", message, { where: frameName(frameNumber) }));
}

function frameName(frameNumber: number): string {
  return `frame[${frameNumber}]`;
}

/** CR and LF between frames are padding, which many senders add. */
function countGarbage(between: Uint8Array): number {
  let count = 0;
  for (const byte of between) if (byte !== CR && byte !== LF) count += 1;
  return count;
}

/** The last SB in the content that a message, batch or file header follows; -1 when there is none. */
function lastRestart(content: Uint8Array): number {
  let at = content.lastIndexOf(SB);
  while (at !== -1 && !headers.some((header) => header.every((byte, index) => content[at + 1 + index] === byte))) {
    at = at === 0 ? -1 : content.lastIndexOf(SB, at - 1);
  }
  return at;
}

const headers = ["MSH", "BHS", "FHS"].map((name) => [...name].map((letter) => letter.charCodeAt(0)));
