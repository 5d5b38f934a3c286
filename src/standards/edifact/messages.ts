import { incorrect, type Problem } from "#kernel";
import { numbered } from "./numbering.ts";
import { type EdifactSegment, valueAt } from "./segment.ts";
import { type SegmentElements, tagOf } from "./segments.ts";

/** From UNH to UNT. */
export interface EdifactMessage {
  /** UNH-1: its number in the interchange. */
  readonly reference: string | undefined;
  /** UNH-2.1: `MEDRPT`. */
  readonly type: string | undefined;
  /** UNH-2.5: `NHS003`. */
  readonly association: string | undefined;
  /** UNH and UNT among them. */
  readonly segments: readonly EdifactSegment[];
  /** `segment-missing` (UNT), `segment-count-wrong`, `message-reference-differs`. */
  readonly problems: readonly Problem[];
}

export interface ReadMessages {
  readonly messages: readonly EdifactMessage[];
  /** What lies around the messages: UNB, UNZ, and what should not be there. */
  readonly outside: readonly SegmentElements[];
}

/** A message without its UNT ends where the next starts, or the interchange does. */
export function readMessages(segments: readonly SegmentElements[]): ReadMessages {
  const outside: SegmentElements[] = [];
  const groups: SegmentElements[][] = [];
  let open: SegmentElements[] | undefined;
  for (const segment of segments) {
    const tag = tagOf(segment);
    if (tag === "UNH") {
      open = [];
      groups.push(open);
    }
    if (tag === "UNZ" || tag === "UNE") open = undefined;
    (open ?? outside).push(segment);
    if (tag === "UNT") open = undefined;
  }
  return { messages: groups.map(messageOf), outside };
}

function messageOf(group: readonly SegmentElements[]): EdifactMessage {
  const segments = numbered(group);
  const [unh] = segments;
  const last = segments.at(-1);
  return {
    reference: unh && valueAt(unh, 1),
    type: unh && valueAt(unh, 2),
    association: unh && valueAt(unh, 2, 5),
    segments,
    problems: trailerProblems(last?.tag === "UNT" ? last : undefined, { unh, count: segments.length }),
  };
}

interface Counted {
  readonly unh: EdifactSegment | undefined;
  readonly count: number;
}

function trailerProblems(unt: EdifactSegment | undefined, { unh, count }: Counted): readonly Problem[] {
  if (unt === undefined) {
    return [incorrect("segment-missing", "The message does not end with UNT.", { where: "UNT" })];
  }
  const problems: Problem[] = [];
  if (Number(valueAt(unt, 1)) !== count) {
    const message = `UNT counts other segments than the ${count} that are here: some may be lost.`;
    problems.push(incorrect("segment-count-wrong", message, { where: "UNT-1" }));
  }
  if (unh !== undefined && valueAt(unt, 2) !== valueAt(unh, 1)) {
    const message = "UNT does not repeat the reference of UNH.";
    problems.push(incorrect("message-reference-differs", message, { where: "UNT-2" }));
  }
  return problems;
}
