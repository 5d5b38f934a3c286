import { incorrect, limits, type Problem } from "#kernel";
import { headerStart } from "./header-bytes.ts";
import { fieldOf, joinBytes, type LineBytes, lastLine, lineAt } from "./line-bytes.ts";

/**
 * A message too large for one frame comes in several, each a message by itself:
 *
 *     MSH …              MSH … MSH-14 = W4xy     MSH … MSH-14 = V292
 *     A                  ADD, the rest of B      D
 *     B, its beginning   C
 *     ADD                DSC|V292
 *     DSC|W4xy
 *
 * DSC-1 of one is MSH-14 of the next; the last has no DSC. An empty ADD before DSC says that the segment before it goes
 * on in the next fragment, in an ADD whose text follows on from where the segment broke off, whatever character that was.
 * The whole is the header of the first with everything behind the headers of all.
 *
 * Fragments are joined on one connection; other messages may come between them.
 * Source: HL7 v2.5.1 §2.10.2.
 */
export type Continuations = ReadonlyMap<string, readonly Uint8Array[]>;

export const noContinuations: Continuations = new Map();

export type FragmentStep =
  /** No fragment: a message like any other. */
  | { readonly is: "whole" }
  /** The `number`th fragment, and not the last. It must be kept, and acknowledged by itself. */
  | { readonly is: "part"; readonly state: Continuations; readonly number: number }
  /** The last fragment, and with it the message. */
  | { readonly is: "joined"; readonly state: Continuations; readonly message: Uint8Array; readonly number: number }
  /** `continuation-unknown` at MSH-14, `continuation-too-long`, `continuations-too-many` at DSC-1. */
  | { readonly is: "refused"; readonly state: Continuations; readonly problem: Problem };

/** Takes a message that may be a fragment. A copy is kept of what is not complete. */
export function takeFragment(state: Continuations, bytes: Uint8Array): FragmentStep {
  const fragment = readFragment(bytes);
  if (fragment === undefined) return { is: "whole" };
  const { continues, continuedBy } = fragment;
  const before = continues === "" ? [] : state.get(continues);
  if (before === undefined) return { is: "refused", state, problem: unknown };
  const rest = new Map(state);
  rest.delete(continues);
  const parts = [...before, bytes.slice()];
  const problem = tooMuch(rest, parts);
  if (problem !== undefined) return { is: "refused", state: rest, problem };
  if (continuedBy === "") return { is: "joined", state: rest, message: joinFragments(parts), number: parts.length };
  return { is: "part", state: rest.set(continuedBy, parts), number: parts.length };
}

interface Fragment {
  /** MSH-14 */
  readonly continues: string;
  /** DSC-1 */
  readonly continuedBy: string;
  readonly header: LineBytes;
  /** Where DSC begins, or the end. */
  readonly bodyEnd: number;
}

/** Undefined for a message that is no fragment. DSC-2 `I` is for queries, which wait to be asked for more. */
function readFragment(bytes: Uint8Array): Fragment | undefined {
  const start = headerStart(bytes);
  const separator = bytes[start + 3];
  if (start === -1 || separator === undefined) return undefined;
  const header = lineAt(bytes, start);
  const continues = valued(fieldOf(bytes, header, { separator, field: 13 }));
  const last = lastLine(bytes, header.next);
  const dsc = last?.name === "DSC" ? last : undefined;
  const style = dsc === undefined ? "" : fieldOf(bytes, dsc, { separator, field: 2 }).trim();
  const continuedBy = dsc === undefined || style === "I" ? "" : valued(fieldOf(bytes, dsc, { separator, field: 1 }));
  if (continues === "" && continuedBy === "") return undefined;
  return { continues, continuedBy, header, bodyEnd: dsc?.start ?? bytes.length };
}

function valued(text: string): string {
  const trimmed = text.trim();
  return trimmed === '""' ? "" : trimmed;
}

function joinFragments(parts: readonly Uint8Array[]): Uint8Array {
  const pieces: Uint8Array[] = [];
  let isBroken = false;
  for (const part of parts) {
    const fragment = readFragment(part);
    if (fragment === undefined) continue;
    const { header, bodyEnd } = fragment;
    const from = pieces.length === 0 ? 0 : bodyStart(part, header, isBroken);
    const body = part.subarray(from, bodyEnd);
    const cut = brokenEnd(body);
    isBroken = cut !== undefined;
    pieces.push(endedWithLine(isBroken ? body.subarray(0, cut) : body, isBroken));
  }
  return joinBytes(pieces);
}

/** Behind the header, or behind `ADD|` when the segment before goes on. */
function bodyStart(part: Uint8Array, header: LineBytes, isBroken: boolean): number {
  const first = lineAt(part, header.next);
  return isBroken && first.name === "ADD" ? Math.min(first.start + 4, first.end) : header.next;
}

/** Where the segment that goes on breaks off: before its line end and the empty ADD. */
function brokenEnd(body: Uint8Array): number | undefined {
  const marker = lastLine(body, 0);
  if (marker?.name !== "ADD" || marker.end - marker.start > 4) return undefined;
  return lastLine(body.subarray(0, marker.start), 0)?.end;
}

/** The last line of a fragment may lack its end. */
function endedWithLine(body: Uint8Array, isBroken: boolean): Uint8Array {
  const last = body.at(-1);
  const isEnded = last === undefined || last === 0x0d || last === 0x0a;
  return isBroken || isEnded ? body : joinBytes([body, Uint8Array.of(0x0d)]);
}

function tooMuch(others: Continuations, parts: readonly Uint8Array[]): Problem | undefined {
  const { hl7ContinuationFragmentsMax, hl7ContinuationBytesMax, hl7ContinuationsMax } = limits;
  const bytes = [...others.values(), parts].flat().reduce((sum, part) => sum + part.length, 0);
  if (others.size >= hl7ContinuationsMax) {
    const text = `More than ${hl7ContinuationsMax} messages of one connection are in fragments at once.`;
    return incorrect("continuations-too-many", text, { where: "DSC[1]-1" });
  }
  if (parts.length <= hl7ContinuationFragmentsMax && bytes <= hl7ContinuationBytesMax) return undefined;
  const text = `The fragments are more than ${hl7ContinuationFragmentsMax}, or have over ${hl7ContinuationBytesMax} bytes.`;
  return incorrect("continuation-too-long", text, { where: "DSC[1]-1" });
}

const unknown = incorrect("continuation-unknown", "MSH-14 continues no message of this connection.", {
  where: "MSH-14",
});
