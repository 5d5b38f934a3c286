import type { Message } from "./message.ts";
import { segmentNamed } from "./message.ts";
import { type Position, parsePosition } from "./position.ts";
import type { Value } from "./value.ts";

/**
 * The value at `PID-3[2].4.1`; numbers that are left out are 1, but a component that is left out is the whole
 * repetition. Undefined when the path names no field, or the segment or the repetition is not there; a field or
 * component that is not there is an empty value. A path used often is better given as a position, parsed once.
 */
export function readPath(message: Message, path: string | Position): Value | undefined {
  const position = typeof path === "string" ? parsePosition(path) : path;
  if (position?.field === undefined) return undefined;
  const segment = segmentNamed(message, position.segment, position.occurrence);
  if (segment === undefined) return undefined;
  const { repetition = 1, component, subcomponent } = position;
  const value = repetition === 1 ? segment.field(position.field) : segment.repetitions(position.field)[repetition - 1];
  if (value === undefined || component === undefined) return value;
  const part = value.component(component);
  return subcomponent === undefined ? part : part.subcomponent(subcomponent);
}
