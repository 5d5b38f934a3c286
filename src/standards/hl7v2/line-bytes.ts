/** A line of a message as bytes, found without knowing its character set: any but those of 16 bits will do. */
export interface LineBytes {
  /** Offsets in the bytes: the line, its end without CR and LF, and the beginning of the next line. */
  readonly start: number;
  readonly end: number;
  readonly next: number;
  /** The first three letters, or fewer. */
  readonly name: string;
}

const CR = 0x0d;
const LF = 0x0a;

/** The line that begins at `start`; blank lines after it belong to it. */
export function lineAt(bytes: Uint8Array, start: number): LineBytes {
  let end = start;
  while (end < bytes.length && !isLineEnd(bytes[end])) end += 1;
  let next = end;
  while (next < bytes.length && isLineEnd(bytes[next])) next += 1;
  return { start, end, next, name: nameAt(bytes, start, end) };
}

/** The last line that is not blank; undefined when there is none after `start`. */
export function lastLine(bytes: Uint8Array, start: number): LineBytes | undefined {
  let end = bytes.length;
  while (end > start && isLineEnd(bytes[end - 1])) end -= 1;
  if (end === start) return undefined;
  let from = end;
  while (from > start && !isLineEnd(bytes[from - 1])) from -= 1;
  return { start: from, end, next: bytes.length, name: nameAt(bytes, from, end) };
}

/** A field of a line, as Latin-1; 0 is the name. In header segments, whose first field is the separator, it is one less. */
export function fieldOf(bytes: Uint8Array, line: LineBytes, { separator, field }: FieldOfLine): string {
  let start = line.start;
  for (let count = 0; count < field; count += 1) {
    const found = bytes.indexOf(separator, start);
    if (found === -1 || found >= line.end) return "";
    start = found + 1;
  }
  const stop = bytes.indexOf(separator, start);
  return latin1(bytes.subarray(start, stop === -1 || stop > line.end ? line.end : stop));
}

export interface FieldOfLine {
  /** The byte that divides fields. */
  readonly separator: number;
  readonly field: number;
}

/** One after the other in one piece of memory. */
export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

/** A name is followed by a field separator, which is no letter or digit, or by the end of its line. */
function nameAt(bytes: Uint8Array, start: number, end: number): string {
  const after = start + 3 < end ? latin1(bytes.subarray(start + 3, start + 4)) : "";
  return /[A-Za-z0-9]/.test(after) ? "" : latin1(bytes.subarray(start, Math.min(start + 3, end)));
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === CR || byte === LF;
}

/** For short pieces: each byte is an argument. */
function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, longestFieldBytes));
}

/** Pointers and counts are shorter. */
const longestFieldBytes = 1_000;
