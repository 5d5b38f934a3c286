import { type Encoding, escapeText, Segment, usualDelimiters, utf8 } from "#standards/hl7v2";

/** What is written into one repetition: by component, then subcomponent, each from 1. */
export type Repetition = Map<number, Map<number, string>>;

/** A segment while it is being written: its fields, and their repetitions. */
export interface SegmentDraft {
  readonly name: string;
  /** Counted from 1 among the segments of this name in the message. */
  readonly occurrence: number;
  readonly fields: Map<number, Repetition[]>;
}

/** Where a text goes, all counted from 1. */
export interface DraftPlace {
  readonly field: number;
  readonly repetition?: number;
  readonly component?: number;
  readonly subcomponent?: number;
}

export const writtenEncoding: Encoding = { delimiters: usualDelimiters, charset: utf8 };

export function newSegment(name: string, occurrence = 1): SegmentDraft {
  return { name, occurrence, fields: new Map() };
}

/** Puts a text where there is none yet; an empty one is not put. */
export function setText(draft: SegmentDraft, place: DraftPlace, text: string | undefined): void {
  if (text === undefined || text === "") return;
  const { field, repetition = 1, component = 1, subcomponent = 1 } = place;
  const repetitions = draft.fields.get(field) ?? [];
  draft.fields.set(field, repetitions);
  while (repetitions.length < repetition) repetitions.push(new Map());
  setPart(repetitions[repetition - 1] as Repetition, [component, subcomponent], text);
}

export function setPart(into: Repetition, [component = 1, subcomponent = 1]: readonly number[], text: string): void {
  const parts = into.get(component) ?? new Map<number, string>();
  into.set(component, parts);
  if (!parts.has(subcomponent)) parts.set(subcomponent, text);
}

export function hasField(draft: SegmentDraft, field: number): boolean {
  return (draft.fields.get(field)?.length ?? 0) > 0;
}

/** The segment as it would be read, for conditions that ask what stands in it. */
export function readable(draft: SegmentDraft): Segment {
  return new Segment(
    { name: draft.name, occurrence: draft.occurrence, raw: segmentText(draft), end: "\r" },
    writtenEncoding,
  );
}

/** The segment's line, without its end. Delimiters and control characters in texts are escaped. */
export function segmentText({ name, fields }: SegmentDraft): string {
  const { field, repetition } = usualDelimiters;
  const last = Math.max(0, ...fields.keys());
  // MSH-1 is the delimiter itself, and MSH-2 stands as it is.
  const start = name === "MSH" ? 3 : 1;
  const texts: string[] = name === "MSH" ? [name, "^~\\&"] : [name];
  for (let number = start; number <= last; number += 1)
    texts.push((fields.get(number) ?? []).map(repetitionText).join(repetition));
  return texts.join(field);
}

export function repetitionText(repetition: Repetition): string {
  const { component, subcomponent } = usualDelimiters;
  return spread(
    repetition,
    (parts) => spread(parts, (text) => escapeText(text, usualDelimiters), subcomponent),
    component,
  );
}

function spread<T>(parts: ReadonlyMap<number, T>, textOf: (part: T) => string, separator: string): string {
  const texts: string[] = [];
  for (let number = 1; number <= Math.max(0, ...parts.keys()); number += 1) {
    const part = parts.get(number);
    texts.push(part === undefined ? "" : textOf(part));
  }
  return texts.join(separator);
}
