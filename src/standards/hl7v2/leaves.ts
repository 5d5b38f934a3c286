import type { Message } from "./message.ts";
import { notASegment, type Segment } from "./segment.ts";
import { split, Value } from "./value.ts";

/**
 * Every value of a message that cannot be divided further, in order, empty ones left out, `""` among them. Each tells
 * its position in full, as `OBX[3]-5[1].2.1`, which no other value of the message has. With the separators and the
 * names of segments, the leaves are the whole message: what a mapping has not carried over is found by them.
 */
export function* leaves(message: Message): Generator<Value, void, undefined> {
  for (const segment of message.segments) yield* segmentLeaves(segment);
}

/** The leaves of one segment. */
export function segmentLeaves(segment: Segment): readonly Value[] {
  const found: Value[] = [];
  visitLeaves(segment, (text, field, repetition, component, subcomponent) => {
    found.push(new Value(segment, { field, repetition, component, subcomponent }, text));
  });
  return found;
}

/** Told of one leaf: its text as received, and its place. */
export type LeafVisit = (
  text: string,
  field: number,
  repetition: number,
  component: number,
  subcomponent: number,
) => void;

/** The same leaves, without making a value of each: a message has hundreds, and most are only counted. */
export function visitLeaves(segment: Segment, visit: LeafVisit): void {
  const first = segment.name === notASegment ? 0 : 1;
  const { repetition: separator } = segment.encoding.delimiters;
  for (let field = first; field <= segment.fieldCount; field += 1) {
    const text = segment.fieldText(field);
    if (text === "") continue;
    if (segment.isWhole(field)) visit(text, field, 1, 1, 1);
    else if (separator === "" || !text.includes(separator))
      visitRepetition(segment, { field, repetition: 1, text }, visit);
    else {
      let repetition = 0;
      for (const one of split(text, separator))
        visitRepetition(segment, { field, repetition: ++repetition, text: one }, visit);
    }
  }
}

interface Repetition {
  readonly field: number;
  readonly repetition: number;
  readonly text: string;
}

/** Divides the text itself: making every component on the way would cost more than all the rest. */
function visitRepetition(segment: Segment, { field, repetition, text }: Repetition, visit: LeafVisit): void {
  const { component: componentSeparator, subcomponent: subcomponentSeparator } = segment.encoding.delimiters;
  let component = 0;
  for (const part of split(text, componentSeparator)) {
    component += 1;
    if (part === "") continue;
    if (subcomponentSeparator === "" || !part.includes(subcomponentSeparator)) {
      visit(part, field, repetition, component, 1);
      continue;
    }
    let subcomponent = 0;
    for (const leaf of split(part, subcomponentSeparator)) {
      subcomponent += 1;
      if (leaf !== "") visit(leaf, field, repetition, component, subcomponent);
    }
  }
}
