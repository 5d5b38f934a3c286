import { lineCounter, type Place } from "./place.ts";

/** A JSON text read for its places alone. */
export interface JsonPlaces {
  readonly root: Place;
  /** Where the text stops being JSON. */
  readonly faultLine?: number;
}

interface Scan {
  readonly text: string;
  readonly lineAt: (offset: number) => number;
  at: number;
}

/** Deeper values keep the place of what is around them. */
const depthMax = 200;

class NotJson extends Error {}

export function jsonPlaces(text: string): JsonPlaces {
  const scan: Scan = { text, lineAt: lineCounter(text), at: 0 };
  const root: Place = { line: 1, inside: new Map() };
  try {
    readValue(scan, root, 0);
    space(scan);
    if (scan.at < text.length) throw new NotJson();
    return { root };
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    return { root, faultLine: scan.lineAt(Math.min(scan.at, text.length)) };
  }
}

/** Reads one value; what is inside it is put into its place. */
function readValue(scan: Scan, place: Place, depth: number): void {
  if (depth > depthMax) throw new NotJson();
  space(scan);
  const first = scan.text[scan.at];
  if (first === "{") readMembers(scan, place, depth);
  else if (first === "[") readItems(scan, place, depth);
  else if (first === '"') readString(scan);
  else readLiteral(scan);
}

function readLiteral(scan: Scan): void {
  const literal = /(?:-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;
  literal.lastIndex = scan.at;
  const found = literal.exec(scan.text)?.[0];
  if (found === undefined) throw new NotJson();
  scan.at += found.length;
}

function readMembers(scan: Scan, place: Place, depth: number): void {
  scan.at += 1;
  if (take(scan, "}")) return;
  do {
    space(scan);
    const line = scan.lineAt(scan.at);
    const name = readString(scan);
    if (!take(scan, ":")) throw new NotJson();
    const member: Place = { line, inside: new Map() };
    place.inside.set(name, member);
    readValue(scan, member, depth + 1);
  } while (take(scan, ","));
  if (!take(scan, "}")) throw new NotJson();
}

function readItems(scan: Scan, place: Place, depth: number): void {
  scan.at += 1;
  if (take(scan, "]")) return;
  let index = 0;
  do {
    space(scan);
    const item: Place = { line: scan.lineAt(scan.at), inside: new Map() };
    place.inside.set(String(index), item);
    index += 1;
    readValue(scan, item, depth + 1);
  } while (take(scan, ","));
  if (!take(scan, "]")) throw new NotJson();
}

function readString(scan: Scan): string {
  const pattern = /"((?:[^"\\\n]|\\.)*)"/y;
  pattern.lastIndex = scan.at;
  const found = pattern.exec(scan.text);
  if (found === null) throw new NotJson();
  scan.at += found[0].length;
  return found[1] ?? "";
}

function take(scan: Scan, character: string): boolean {
  space(scan);
  if (scan.text[scan.at] !== character) return false;
  scan.at += 1;
  return true;
}

function space(scan: Scan): void {
  while (/\s/.test(scan.text[scan.at] ?? "")) scan.at += 1;
}
