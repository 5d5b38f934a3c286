import { limits } from "#kernel";
import { notASegment } from "./segment.ts";

export interface SegmentLine {
  readonly name: string;
  readonly raw: string;
  readonly end: string;
}

/**
 * Cuts a message into its lines; put together again they are the text. CR ends a segment; LF and CRLF are taken for
 * it, since files have them. But where CR is used, an LF that no segment follows is a line break inside a text.
 * Blank lines belong to the line end before them. Beyond `limits.hl7SegmentsMax` the rest is one line.
 */
export function segmentLines(text: string, start: number, fieldSeparator: string): SegmentLine[] {
  const lines: SegmentLine[] = [];
  const isLineBreak = text.includes("\r") ? lineFeedInText(fieldSeparator) : () => false;
  let at = start;
  while (at < text.length) {
    const isRest = lines.length === limits.hl7SegmentsMax;
    const stop = isRest ? text.length : lineStop(text, at, isLineBreak);
    const next = blankEnd(text, stop);
    const name = isRest ? "" : segmentName(text, at, fieldSeparator);
    lines.push({ name: name || notASegment, raw: text.slice(at, stop), end: text.slice(stop, next) });
    at = next;
  }
  return lines;
}

function lineStop(text: string, start: number, isLineBreak: (text: string, at: number) => boolean): number {
  let at = start;
  while (at < text.length && !(isLineEnd(text, at) && !isLineBreak(text, at))) at += 1;
  return at;
}

function lineFeedInText(fieldSeparator: string) {
  return (text: string, at: number): boolean => {
    const next = blankEnd(text, at);
    const isOnlyLineFeed = !text.slice(at, next).includes("\r");
    return isOnlyLineFeed && next < text.length && segmentName(text, next, fieldSeparator) === "";
  };
}

function blankEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && isLineEnd(text, at)) at += 1;
  return at;
}

function isLineEnd(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 0x0d || code === 0x0a;
}

/** Three capitals or digits, a capital first, and then the field separator or the end of the line; else nothing. */
function segmentName(text: string, at: number, fieldSeparator: string): string {
  const isEnded = at + 3 >= text.length || isLineEnd(text, at + 3) || text[at + 3] === fieldSeparator;
  const name = isEnded ? text.slice(at, at + 3) : "";
  return /^[A-Z][A-Z0-9]{2}$/.test(name) ? name : "";
}
