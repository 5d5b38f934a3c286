import type { LeafOutcome, SegmentView } from "#departments/clinical/api";

/** A value of a message with the name HL7 gives it. */
export interface Leaf {
  /** `PID-5.1`. */
  readonly where: string;
  /** `Patient Name: Family Name`. */
  readonly title: string;
  readonly text: string;
  /** Absent for what the mapping did not account for: separators, and messages that were never mapped. */
  readonly outcome?: LeafOutcome;
}

/** The values of a message in their order: of a field without components the field itself, otherwise its components. */
export function leavesOf(segments: readonly SegmentView[]): readonly Leaf[] {
  return segments
    .flatMap((segment) => segment.fields)
    .flatMap((field) => {
      const whole = { where: field.where, title: field.title ?? "", text: field.text ?? field.raw };
      if (field.components.length === 0) return [withOutcome(whole, field.outcome)];
      return field.components.map((component) => {
        const title = [field.title, component.title].filter((part) => part !== undefined).join(": ");
        return withOutcome({ where: component.where, title, text: component.text }, component.outcome);
      });
    });
}

function withOutcome(leaf: Leaf, outcome: LeafOutcome | undefined): Leaf {
  return outcome === undefined ? leaf : { ...leaf, outcome };
}
