import { incorrect, type Problem } from "#kernel";
import type { Message } from "./message.ts";
import { notASegment, type Segment } from "./segment.ts";

export interface Placeable {
  readonly placeable: readonly Segment[];
  readonly unplaced: readonly Segment[];
  readonly problems: readonly Problem[];
}

/**
 * The segments that can have a place in a group. Not lines that are no segments, and nothing from a second MSH on: it
 * is another message, and its results must not go to the patient of the first.
 */
export function placeableSegments({ segments }: Message): Placeable {
  const second = segments.findIndex(({ name, occurrence }) => name === "MSH" && occurrence === 2);
  const own = second === -1 ? segments : segments.slice(0, second);
  const foreign = second === -1 ? [] : segments.slice(second);
  const strays = own.filter(({ name }) => name === notASegment);
  const unplaced = [...strays, ...foreign];
  const [first] = unplaced;
  return {
    placeable: strays.length === 0 ? own : own.filter(({ name }) => name !== notASegment),
    unplaced,
    problems: first === undefined ? [] : [unplacedProblem(first, unplaced.length)],
  };
}

function unplacedProblem(first: Segment, count: number): Problem {
  return incorrect("segment-unplaced", `Lines that have no place in the message: ${count}.`, { where: first.where });
}
