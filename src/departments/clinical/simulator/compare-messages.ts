import { limits } from "#kernel";
import { type Message, readMessage, type Segment, segmentNamed } from "#standards/hl7v2";
import { type FieldMask, maskedParts, masksSegment } from "./field-mask.ts";

/** One place in which a message that came out is not as it was expected. */
export interface Difference {
  /** `OBX[3]-5`; `segments` for their order, `body` for what is no HL7 v2 message. */
  readonly where: string;
  readonly expected: string;
  readonly received: string;
}

/** Field by field, those that are masked left out; none: they are the same. At most `limits.simulatorDifferencesMax`. */
export function compareMessages(
  expected: Uint8Array,
  received: Uint8Array,
  masks: readonly FieldMask[],
): readonly Difference[] {
  const [one, other] = [readMessage(expected), readMessage(received)];
  if (!isHl7(one) || !isHl7(other)) return sameBytes(expected, received) ? [] : [differentBytes(expected, received)];
  return [...orderDifference(one, other, masks), ...fieldDifferences(one, other, masks)].slice(
    0,
    limits.simulatorDifferencesMax,
  );
}

function isHl7({ segments }: Message): boolean {
  return segments[0]?.name === "MSH";
}

function orderDifference(one: Message, other: Message, masks: readonly FieldMask[]): readonly Difference[] {
  const [expected, received] = [namesOf(one, masks), namesOf(other, masks)];
  return expected === received ? [] : [shortened({ where: "segments", expected, received })];
}

function namesOf({ segments }: Message, masks: readonly FieldMask[]): string {
  return segments
    .filter(({ name }) => !masksSegment(masks, name))
    .map(({ name }) => name)
    .join(" ");
}

function fieldDifferences(one: Message, other: Message, masks: readonly FieldMask[]): readonly Difference[] {
  const places = new Map(
    [...one.segments, ...other.segments].map(({ name, occurrence, where }) => [where, { name, occurrence }]),
  );
  return [...places].flatMap(([where, { name, occurrence }]) => {
    if (masksSegment(masks, name)) return [];
    const [expected, received] = [segmentNamed(one, name, occurrence), segmentNamed(other, name, occurrence)];
    // One that is missing is told by the order of the segments.
    if (expected === undefined || received === undefined) return [];
    return segmentDifferences({ where, name, expected, received }, masks);
  });
}

interface Pair {
  readonly where: string;
  readonly name: string;
  readonly expected: Segment;
  readonly received: Segment;
}

function segmentDifferences({ where, name, expected, received }: Pair, masks: readonly FieldMask[]) {
  const last = Math.max(expected.fieldCount, received.fieldCount);
  const fields = Array.from({ length: last }, (_, at) => at + 1);
  return fields.flatMap((field): readonly Difference[] => {
    const parts = maskedParts(masks, name, field);
    if (parts === "all") return [];
    const [one, other] = [visible(expected, field, parts), visible(received, field, parts)];
    return one === other ? [] : [shortened({ where: `${where}-${field}`, expected: one, received: other })];
  });
}

/** The text of a field without the components that are masked. */
function visible(segment: Segment, field: number, masked: ReadonlySet<number>): string {
  const text = segment.fieldText(field);
  if (masked.size === 0) return text;
  const { repetition, component } = segment.encoding.delimiters;
  const withoutMasked = (each: string) =>
    each
      .split(component)
      .map((part, at) => (masked.has(at + 1) ? "" : part))
      .join(component);
  return text.split(repetition).map(withoutMasked).join(repetition);
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

function differentBytes(expected: Uint8Array, received: Uint8Array): Difference {
  const decoder = new TextDecoder();
  return shortened({ where: "body", expected: decoder.decode(expected), received: decoder.decode(received) });
}

function shortened({ where, expected, received }: Difference): Difference {
  const short = (text: string) =>
    text.length <= limits.simulatorValueCharacters ? text : `${text.slice(0, limits.simulatorValueCharacters)} …`;
  return { where, expected: short(expected), received: short(received) };
}
