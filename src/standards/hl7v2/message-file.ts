import { incorrect, type Problem } from "#kernel";
import { type FrameState, noFrames, splitFrames } from "./frame.ts";
import { append, type GrowingBytes, noBytes, toBytes } from "./growing-bytes.ts";
import { addProblem } from "./problem-list.ts";

const SB = 0x0b;
const CR = 0x0d;
const LF = 0x0a;

/** What a line is decided by: the name of a segment and its delimiter. */
const headBytes = 4;

/** Enough for the fields of a batch's trailer that count. */
const trailerBytesMax = 1_024;

type Envelope = "FHS" | "BHS" | "BTS" | "FTS";

/** A line whose first bytes are still coming, or where the rest of it goes. */
type Line =
  | { readonly is: "beginning"; readonly head: GrowingBytes }
  | { readonly is: "message" }
  | { readonly is: "envelope"; readonly name: Envelope; readonly text: GrowingBytes }
  | { readonly is: "stray" };

const newLine: Line = { is: "beginning", head: noBytes };

interface Batches {
  /** Batches and messages since the file's header, or its beginning. */
  readonly batches: number;
  readonly isFileOpen: boolean;
  readonly isBatchOpen: boolean;
  /** Messages before the batch that is open. */
  readonly messagesBefore: number;
}

/**
 * Takes a file apart into its HL7 v2 messages, piece by piece: plain messages one after another, each from its MSH to the
 * next; the same in FHS/BHS batches; and MLLP frames. Lines end with CR, LF or both. A message's bytes stay as they are,
 * but for empty lines at its end; the lines of the batch itself are left out, and their counts checked.
 *
 * Problems: `file-stray-line` for what is in no message, `file-empty`, `message-too-large`, `batch-count-differs`, and
 * `batch-not-ended` where a header has no trailer, which is what a file looks like that did not arrive whole.
 * Source: HL7 v2.5.1 §2.10.3 (batch protocol).
 */
export class MessageFile {
  readonly problems: Problem[] = [];
  readonly #messageBytesMax: number;
  readonly #isInFrame: boolean;
  #frames: FrameState | undefined;
  #isBegun = false;
  #line: Line = newLine;
  #message: GrowingBytes | undefined;
  #isTooLarge = false;
  #count = 0;
  #batches: Batches = { batches: 0, isFileOpen: false, isBatchOpen: false, messagesBefore: 0 };
  #found: Uint8Array[] = [];

  constructor(bounds: { readonly messageBytesMax: number }, isInFrame = false) {
    this.#messageBytesMax = bounds.messageBytesMax;
    this.#isInFrame = isInFrame;
  }

  /** How many messages have been found. */
  get count(): number {
    return this.#count;
  }

  /** The messages that these bytes complete, in order. */
  take(bytes: Uint8Array): readonly Uint8Array[] {
    let rest = bytes;
    if (!this.#isBegun) {
      rest = bytes.subarray(contentStart(bytes));
      this.#isBegun = rest.length > 0;
      if (rest[0] === SB && !this.#isInFrame) this.#frames = noFrames;
    }
    if (this.#frames === undefined) this.#takeLines(rest);
    else this.#takeFrames(this.#frames, rest);
    return this.#handOver();
  }

  /** The file has ended: its last message. */
  end(): readonly Uint8Array[] {
    if (this.#frames !== undefined) {
      if (this.#frames.phase === "inside") this.#note("frame-truncated", "The last MLLP frame does not end.");
      else if (this.#frames.phase === "ending") this.#takeFrames(this.#frames, Uint8Array.of(CR));
    }
    if (this.#line.is !== "message") this.#endLine(noBytesAtAll);
    this.#finishMessage();
    const { isBatchOpen, isFileOpen } = this.#batches;
    if (isBatchOpen) this.#note("batch-not-ended", "The batch has a header (BHS) and no trailer (BTS).");
    if (isFileOpen) this.#note("batch-not-ended", "The file has a header (FHS) and no trailer (FTS).");
    if (this.#count === 0 && this.problems.length === 0 && !this.#isInFrame) {
      this.#note("file-empty", "The file holds no message.");
    }
    return this.#handOver();
  }

  #handOver(): readonly Uint8Array[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }

  #takeFrames(state: FrameState, bytes: Uint8Array): void {
    const step = splitFrames(state, bytes, { frameBytesMax: this.#messageBytesMax });
    this.#frames = step.state;
    for (const problem of step.problems) addProblem(this.problems, problem);
    for (const frame of step.frames) {
      const inner = new MessageFile({ messageBytesMax: this.#messageBytesMax }, true);
      this.#found.push(...inner.take(frame), ...inner.end());
      this.#count += inner.count;
      for (const problem of inner.problems) addProblem(this.problems, problem);
    }
  }

  #takeLines(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) {
      if (this.#line.is === "beginning") at += this.#takeHead(this.#line.head, bytes.subarray(at));
      else at += this.#takeRest(bytes.subarray(at));
    }
  }

  /** Byte by byte, as few as decide what the line is; gives how many. */
  #takeHead(head: GrowingBytes, bytes: Uint8Array): number {
    const lineEnd = endOfLine(bytes);
    const wanted = Math.min(headBytes - head.length, bytes.length, lineEnd === -1 ? bytes.length : lineEnd);
    const more = append(head, bytes.subarray(0, wanted));
    if (more.length === headBytes) this.#beginLine(toBytes(more));
    else if (lineEnd === wanted) {
      this.#beginLine(toBytes(more));
      this.#endLine(bytes.subarray(wanted, wanted + 1));
      return wanted + 1;
    } else this.#line = { is: "beginning", head: more };
    return wanted;
  }

  #takeRest(bytes: Uint8Array): number {
    const lineEnd = endOfLine(bytes);
    this.#continueLine(lineEnd === -1 ? bytes : bytes.subarray(0, lineEnd));
    if (lineEnd === -1) return bytes.length;
    this.#endLine(bytes.subarray(lineEnd, lineEnd + 1));
    return lineEnd + 1;
  }

  #beginLine(head: Uint8Array): void {
    const name = segmentName(head);
    if (name === "MSH") {
      this.#finishMessage();
      this.#count += 1;
      this.#isTooLarge = false;
      this.#message = noBytes;
      this.#line = { is: "message" };
      this.#continueLine(head);
    } else if (name === "FHS" || name === "BHS" || name === "BTS" || name === "FTS") {
      this.#finishMessage();
      this.#line = { is: "envelope", name, text: append(noBytes, head) };
    } else if (this.#message !== undefined) {
      this.#line = { is: "message" };
      this.#continueLine(head);
    } else {
      const isBlank = head.every((byte) => byte <= 0x20);
      this.#line = { is: "stray" };
      if (!isBlank) this.#note("file-stray-line", "The file has a line that is in no message.");
    }
  }

  #continueLine(bytes: Uint8Array): void {
    const line = this.#line;
    if (line.is === "envelope") {
      if (line.text.length < trailerBytesMax) this.#line = { ...line, text: append(line.text, bytes) };
    } else if (line.is === "message") this.#grow(bytes);
  }

  #endLine(lineEnd: Uint8Array): void {
    const line = this.#line;
    if (line.is === "beginning" && line.head.length > 0) {
      this.#beginLine(toBytes(line.head));
      this.#endLine(lineEnd);
      return;
    }
    if (line.is === "envelope") this.#takeEnvelope(line.name, toBytes(line.text));
    else if (this.#message !== undefined) this.#grow(lineEnd);
    this.#line = newLine;
  }

  #grow(bytes: Uint8Array): void {
    if (this.#message === undefined || this.#isTooLarge) return;
    this.#message = append(this.#message, bytes);
    if (this.#message.length <= this.#messageBytesMax) return;
    this.#isTooLarge = true;
    this.#message = noBytes;
    this.#note("message-too-large", `The message is larger than ${this.#messageBytesMax} bytes.`, this.#here());
  }

  #finishMessage(): void {
    if (this.#message !== undefined && !this.#isTooLarge) this.#found.push(trimmed(toBytes(this.#message)));
    this.#message = undefined;
  }

  #takeEnvelope(name: Envelope, segment: Uint8Array): void {
    const batches = this.#batches;
    switch (name) {
      case "FHS":
        this.#batches = { ...batches, isFileOpen: true, batches: 0 };
        return;
      case "BHS":
        if (batches.isBatchOpen) this.#note("batch-not-ended", "A batch begins (BHS) before the one before it ended.");
        this.#batches = { ...batches, isBatchOpen: true, batches: batches.batches + 1, messagesBefore: this.#count };
        return;
      case "BTS":
        this.#compare("BTS-1", { said: firstField(segment), counted: this.#count - batches.messagesBefore });
        this.#batches = { ...batches, isBatchOpen: false, messagesBefore: this.#count };
        return;
      case "FTS":
        this.#compare("FTS-1", { said: firstField(segment), counted: batches.batches });
        this.#batches = { ...batches, isFileOpen: false };
    }
  }

  #compare(where: string, { said, counted }: { readonly said: string; readonly counted: number }): void {
    if (!/^\d+$/.test(said) || Number(said) === counted) return;
    this.#note("batch-count-differs", `${where} says ${said}, and there are ${counted}.`, where);
  }

  #here(): string {
    return `message[${this.#count}]`;
  }

  #note(code: string, message: string, where?: string): void {
    if (this.problems.some((problem) => problem.code === code && problem.message === message)) return;
    addProblem(this.problems, incorrect(code, message, where === undefined ? {} : { where }));
  }
}

const noBytesAtAll = new Uint8Array(0);

/** Behind a byte order mark, whichever of it has come, and blanks. SB is the beginning of a frame, no blank. */
function contentStart(bytes: Uint8Array): number {
  const start = bytes.findIndex((byte) => byte === SB || (byte > 0x20 && !byteOrderMark.has(byte)));
  return start === -1 ? bytes.length : start;
}

const byteOrderMark: ReadonlySet<number> = new Set([0xef, 0xbb, 0xbf]);

function endOfLine(bytes: Uint8Array): number {
  const cr = bytes.indexOf(CR);
  const lf = (cr === -1 ? bytes : bytes.subarray(0, cr)).indexOf(LF);
  return lf === -1 ? cr : lf;
}

/** Three letters with a delimiter behind them, or nothing: `BTS` may stand alone. */
function segmentName(head: Uint8Array): string {
  const delimiter = head[3];
  const isDelimited = delimiter === undefined || (delimiter > 0x20 && !isLetterOrDigit(delimiter));
  return isDelimited ? String.fromCharCode(...head.subarray(0, 3)) : "";
}

function isLetterOrDigit(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
}

/** Field 1 of a trailer, whose separator is its own fourth byte. */
function firstField(segment: Uint8Array): string {
  const text = String.fromCharCode(...segment.subarray(0, trailerBytesMax));
  return (text.slice(4).split(text.charAt(3))[0] ?? "").trim();
}

/** Without empty lines and end-of-file marks behind the last segment. */
function trimmed(message: Uint8Array): Uint8Array {
  let last = message.length - 1;
  while (last >= 0 && (message[last] as number) <= 0x20) last -= 1;
  let end = last + 1;
  while (end < message.length && message[end] !== CR && message[end] !== LF) end += 1;
  if (message[end] === CR && message[end + 1] === LF) end += 1;
  return message.slice(0, Math.min(end + 1, message.length));
}
