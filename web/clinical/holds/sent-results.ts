import type { SegmentView } from "#departments/clinical/api";
import { fieldText } from "./sent-patient.ts";

/** One OBX as it was sent. */
export interface SentResult {
  /** `OBX[3]`. */
  readonly where: string;
  readonly test: string;
  readonly value: string;
  readonly unit: string;
  readonly range: string;
  readonly flag: string;
  readonly status: string;
}

/** Source: HL7 v2.5.1 chapter 7.4.2 and table 0085. */
const statuses: Readonly<Record<string, string>> = {
  C: "Corrected",
  D: "Deleted",
  F: "Final",
  P: "Preliminary",
  S: "Partial",
  W: "Wrong patient",
  X: "Cancelled",
};

/** Every OBX of a message, in its order. Source: HL7 v2.5.1 chapter 7.4.2. */
export function sentResults(segments: readonly SegmentView[]): readonly SentResult[] {
  return segments.filter(({ name }) => name === "OBX").map(sentResult);
}

function sentResult(segment: SegmentView): SentResult {
  const test = segment.fields.find(({ number }) => number === 3);
  const status = textOf(segment, 11);
  return {
    where: segment.where,
    test: test?.components.find(({ where }) => where.endsWith(".2"))?.text ?? fieldText(test) ?? "not stated",
    value: textOf(segment, 5),
    unit: textOf(segment, 6),
    range: textOf(segment, 7),
    flag: textOf(segment, 8),
    status: statuses[status] ?? status,
  };
}

/** All repetitions of a field, of each its text or its components. */
function textOf({ fields }: SegmentView, number: number): string {
  return fields
    .filter((field) => field.number === number)
    .map((field) => (number === 5 ? (field.text ?? wholeText(field.components)) : (fieldText(field) ?? "")))
    .join(", ");
}

/** A coded value is read by its text; anything else by all that was sent. */
function wholeText(components: readonly { readonly text: string }[]): string {
  return components.map(({ text }) => text).join(" ");
}
