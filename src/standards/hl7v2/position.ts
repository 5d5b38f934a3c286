/**
 * A place in a message, written as people in the field write it, counted from 1:
 *
 *     PID                  a segment: the first PID of the message
 *     OBX[3]               the third OBX of the message
 *     OBX[3]-5             its fifth field
 *     OBX[3]-5[2]          the second repetition of that field
 *     OBX[3]-5[2].1        its first component
 *     OBX[3]-5[2].1.4      the fourth subcomponent of that
 *
 * A number that is left out is 1 where a value is looked up. The positions that values tell of themselves are written
 * in full. A line that is no segment is named `?` and its text is field 0: `?[1]-0[1].1.1`.
 */
export interface Position {
  readonly segment: string;
  readonly occurrence?: number;
  readonly field?: number;
  readonly repetition?: number;
  readonly component?: number;
  readonly subcomponent?: number;
}

const pattern = /^([A-Z][A-Z0-9]{2}|\?)(?:\[(\d+)\])?(?:-(\d+)(?:\[(\d+)\])?(?:\.(\d+)(?:\.(\d+))?)?)?$/;

/** The position that the text writes; undefined when it writes none. */
export function parsePosition(text: string): Position | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [, segment = "", occurrence, field, repetition, component, subcomponent] = match;
  return {
    segment,
    ...(occurrence !== undefined && { occurrence: Number(occurrence) }),
    ...(field !== undefined && { field: Number(field) }),
    ...(repetition !== undefined && { repetition: Number(repetition) }),
    ...(component !== undefined && { component: Number(component) }),
    ...(subcomponent !== undefined && { subcomponent: Number(subcomponent) }),
  };
}

export function formatPosition(position: Position): string {
  const { segment, occurrence, field, repetition, component, subcomponent } = position;
  let text = segment;
  if (occurrence !== undefined) text += `[${occurrence}]`;
  if (field === undefined) return text;
  text += `-${field}`;
  if (repetition !== undefined) text += `[${repetition}]`;
  if (component === undefined) return text;
  text += `.${component}`;
  return subcomponent === undefined ? text : `${text}.${subcomponent}`;
}
