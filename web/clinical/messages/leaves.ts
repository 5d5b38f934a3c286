import type { SegmentView } from "#departments/clinical/api";

/** A value of a message with the name HL7 gives it. */
export interface Leaf {
  /** `Patient Name: Family Name`. */
  readonly title: string;
  readonly text: string;
}

/** Values by their position, `PID-5.1`: of a field without components the field itself, otherwise its components. */
export function leavesOf(segments: readonly SegmentView[]): ReadonlyMap<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  for (const field of segments.flatMap((segment) => segment.fields)) {
    leaves.set(field.where, { title: field.title ?? "", text: field.text ?? field.raw });
    for (const component of field.components) {
      const title = [field.title, component.title].filter((part) => part !== undefined).join(": ");
      leaves.set(component.where, { title, text: component.text });
    }
  }
  return leaves;
}
