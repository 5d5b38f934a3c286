import { incorrect, type Problem } from "#kernel";

/** A text that is being read, up to where, and what was found wrong. */
export interface XmlScan {
  readonly text: string;
  at: number;
  fault: XmlFault | undefined;
}

export interface XmlFault {
  readonly code: string;
  /** Ends without a full stop; the place is added. */
  readonly message: string;
  readonly at: number;
}

/** Keeps the first fault and moves to the end of the text, where every loop stops. */
export function fail(scan: XmlScan, at: number, message: string, code = "invalid-xml"): void {
  scan.fault ??= { code, message, at };
  scan.at = scan.text.length;
}

/** `line 3 column 14`, both counted from 1. */
export function placeIn(text: string, at: number): string {
  let line = 1;
  let lineStart = 0;
  for (let next = text.indexOf("\n"); next !== -1 && next < at; next = text.indexOf("\n", lineStart)) {
    line += 1;
    lineStart = next + 1;
  }
  return `line ${line} column ${at - lineStart + 1}`;
}

export function faultProblem({ code, message, at }: XmlFault, text: string): Problem {
  return incorrect(code, `${message}, at ${placeIn(text, at)}.`);
}

export function isSpace(char: number): boolean {
  return char === 0x20 || char === 0x0a || char === 0x09 || char === 0x0d;
}

/** Moves behind white space; false where there was none. */
export function skipSpace(scan: XmlScan): boolean {
  const start = scan.at;
  while (isSpace(scan.text.charCodeAt(scan.at))) scan.at += 1;
  return scan.at > start;
}
