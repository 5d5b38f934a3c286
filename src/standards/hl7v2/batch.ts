import { incorrect, limits, type Problem } from "#kernel";
import { decodeBytes } from "./decoding.ts";
import { headerStart } from "./header-bytes.ts";
import { joinBytes, type LineBytes, lineAt } from "./line-bytes.ts";
import { parseMessage, segmentNamed } from "./message.ts";
import { addProblem } from "./problem-list.ts";
import type { Segment } from "./segment.ts";

/**
 * A file or batch of messages:
 *
 *     [FHS]  { [BHS]  { MSH … }  [BTS] }  [FTS]
 *
 * Source: HL7 v2.5.1 §2.10.3.
 */
export interface BatchFile {
  /** FHS */
  readonly header?: Segment;
  readonly batches: readonly Batch[];
  /** Every piece of the file in order; put together they are its bytes. */
  readonly pieces: readonly BatchPiece[];
  /**
   * `batch-count-mismatch` at BTS[n]-1 and FTS[1]-1, `batch-trailer-missing`, `batch-misplaced` for lines in no message,
   * `batch-too-many-messages`: the rest is one last piece and in no batch.
   */
  readonly problems: readonly Problem[];
}

export interface Batch {
  /** BHS; messages outside any are a batch without it. */
  readonly header?: Segment;
  readonly messages: readonly Uint8Array[];
}

export interface BatchPiece {
  readonly is: "FHS" | "BHS" | "message" | "BTS" | "FTS" | "stray";
  /** A view of what was received. */
  readonly bytes: Uint8Array;
}

/** Whether a frame or file holds a batch and not one message. */
export function isBatch(bytes: Uint8Array): boolean {
  const start = headerStart(bytes);
  return start !== -1 && ["FHS", "BHS"].includes(lineAt(bytes, start).name);
}

/** Divides a file into its messages. Anything at all divides into something. */
export function splitBatch(bytes: Uint8Array): BatchFile {
  const pieces = piecesOf(bytes);
  const draft: FileDraft = { header: undefined, batches: [], problems: [], trailers: 0 };
  for (const piece of pieces) takePiece(draft, piece);
  closeFile(draft, pieces);
  const batches = draft.batches.map(({ header, messages }) => ({ ...(header && { header }), messages }));
  return { ...(draft.header && { header: draft.header }), batches, pieces, problems: draft.problems };
}

/** What surrounds the messages: kept beside them, nothing of the file is lost. */
export function envelopeOf({ pieces }: BatchFile): Uint8Array {
  return joinBytes(pieces.filter((piece) => piece.is !== "message").map((piece) => piece.bytes));
}

interface BatchDraft {
  header: Segment | undefined;
  readonly messages: Uint8Array[];
  isClosed: boolean;
}

interface FileDraft {
  header: Segment | undefined;
  readonly batches: BatchDraft[];
  readonly problems: Problem[];
  trailers: number;
}

const boundaries = ["FHS", "BHS", "MSH", "BTS", "FTS"] as const;

/** A message goes on until the next line that is a boundary. */
function piecesOf(bytes: Uint8Array): BatchPiece[] {
  const pieces: BatchPiece[] = [];
  let messages = 0;
  let at = 0;
  while (at < bytes.length) {
    const start = Math.max(at, at === 0 ? headerStart(bytes) : 0);
    const line = lineAt(bytes, start);
    const name = boundaries.find((known) => known === line.name);
    if (name === "MSH") messages += 1;
    const isRest = messages > limits.hl7BatchMessagesMax;
    const end = isRest ? bytes.length : name === "MSH" || name === undefined ? bodyEnd(bytes, line) : line.next;
    const is = isRest || name === undefined ? "stray" : name === "MSH" ? "message" : name;
    pieces.push({ is, bytes: bytes.subarray(at, end) });
    at = end;
  }
  return pieces;
}

function bodyEnd(bytes: Uint8Array, first: LineBytes): number {
  let line = first;
  while (line.next < bytes.length) {
    const following = lineAt(bytes, line.next);
    if (boundaries.some((name) => name === following.name)) return following.start;
    line = following;
  }
  return bytes.length;
}

function takePiece(draft: FileDraft, { is, bytes }: BatchPiece): void {
  const open = draft.batches.at(-1);
  switch (is) {
    case "FHS":
      draft.header ??= headerSegment(bytes, "FHS");
      return;
    case "BHS":
      draft.batches.push({ header: headerSegment(bytes, "BHS"), messages: [], isClosed: false });
      return;
    case "message":
      if (open !== undefined && !open.isClosed) open.messages.push(bytes);
      else draft.batches.push({ header: undefined, messages: [bytes], isClosed: false });
      return;
    case "BTS":
      draft.trailers += 1;
      if (open !== undefined && !open.isClosed) closeBatch(draft, open, bytes);
      else addProblem(draft.problems, misplaced("A BTS closes no batch.", `BTS[${draft.trailers}]`));
      return;
    case "FTS":
      checkCount(draft, { trailer: bytes, name: "FTS[1]", count: draft.batches.length, header: draft.header });
      return;
    case "stray":
      return;
  }
}

function closeBatch(draft: FileDraft, batch: BatchDraft, trailer: Uint8Array): void {
  batch.isClosed = true;
  const name = `BTS[${draft.trailers}]`;
  checkCount(draft, { trailer, name, count: batch.messages.length, header: batch.header ?? draft.header });
}

interface Count {
  readonly trailer: Uint8Array;
  readonly name: string;
  readonly count: number;
  /** The delimiters of a trailer are those of its header. */
  readonly header: Segment | undefined;
}

/** Source: §2.15.3 (BTS), §2.15.7 (FTS): the count is optional. */
function checkCount(draft: FileDraft, { trailer, name, count, header }: Count): void {
  const separator = header?.encoding.delimiters.field ?? "|";
  const stated = (decodeBytes(trailer).text.split(/[\r\n]/, 1)[0] ?? "").split(separator)[1]?.trim() ?? "";
  if (stated === "" || Number(stated) === count) return;
  const text = /^\d{1,10}$/.test(stated)
    ? `${name}-1 states ${Number(stated)}, and ${count} came.`
    : `${name}-1 is no number.`;
  addProblem(draft.problems, incorrect("batch-count-mismatch", text, { where: `${name}-1` }));
}

function closeFile(draft: FileDraft, pieces: readonly BatchPiece[]): void {
  const { problems, batches } = draft;
  batches.forEach((batch, at) => {
    if (batch.header === undefined || batch.isClosed) return;
    const text = "A batch has no trailer: its end may be missing.";
    addProblem(problems, incorrect("batch-trailer-missing", text, { where: `BHS[${at + 1}]` }));
  });
  if (draft.header !== undefined && !pieces.some(({ is }) => is === "FTS")) {
    const text = "The file has no trailer: its end may be missing.";
    addProblem(problems, incorrect("batch-trailer-missing", text, { where: "FHS[1]" }));
  }
  const strays = pieces.filter(({ is }) => is === "stray");
  if (strays.some(({ bytes }) => lineAt(bytes, 0).name === "MSH")) {
    const text = `Only the first ${limits.hl7BatchMessagesMax} messages were read.`;
    addProblem(problems, incorrect("batch-too-many-messages", text));
  } else if (strays.length > 0) addProblem(problems, misplaced("Lines stand in no message.", "?[1]"));
}

function misplaced(text: string, where: string): Problem {
  return incorrect("batch-misplaced", text, { where });
}

function headerSegment(bytes: Uint8Array, name: "FHS" | "BHS"): Segment | undefined {
  const { text, charset } = decodeBytes(bytes);
  return segmentNamed(parseMessage(text, charset), name);
}
