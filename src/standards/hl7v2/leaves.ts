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
  const first = segment.name === notASegment ? 0 : 1;
  for (let field = first; field <= segment.fieldCount; field += 1) {
    for (const repetition of segment.repetitions(field)) addLeaves(found, segment, repetition);
  }
  return found;
}

/** Divides the text itself: making every component on the way would cost more than all the rest. */
function addLeaves(found: Value[], segment: Segment, { raw, place }: Value): void {
  if (place.subcomponent !== 0) {
    if (raw !== "") found.push(new Value(segment, place, raw));
    return;
  }
  const { component: componentSeparator, subcomponent: subcomponentSeparator } = segment.encoding.delimiters;
  const { field, repetition } = place;
  let component = 0;
  for (const text of split(raw, componentSeparator)) {
    component += 1;
    if (text === "") continue;
    if (subcomponentSeparator === "" || !text.includes(subcomponentSeparator)) {
      found.push(new Value(segment, { field, repetition, component, subcomponent: 1 }, text));
      continue;
    }
    let subcomponent = 0;
    for (const leaf of split(text, subcomponentSeparator)) {
      subcomponent += 1;
      if (leaf !== "") found.push(new Value(segment, { field, repetition, component, subcomponent }, leaf));
    }
  }
}
