import type { ObservationGroup } from "../messages/groups.ts";
import type { SegmentReader } from "../messages/message-reader.ts";
import { observedValue, textOf, type ValueWithUnit } from "./value.ts";

/** One observation as sent: a single OBX, or several that are the lines of one text. */
export interface ObservationText extends ObservationGroup {
  /** The OBX segments after the first. */
  readonly furtherLines: readonly SegmentReader[];
}

/**
 * Puts together what laboratories send line by line: text in neighbouring OBX segments with the same OBX-3 is one
 * report, whose lines and leading blanks matter. OBX-4 stays the same over the lines, or counts them. A change of
 * status, or anything between, starts another text.
 * Source: common British practice; see docs/conformance/v2-to-fhir.md.
 */
export function joinLines(groups: readonly ObservationGroup[]): readonly ObservationText[] {
  const isolates = isolateIds(groups);
  const joined: (ObservationText & { furtherLines: SegmentReader[]; notes: SegmentReader[] })[] = [];
  for (const { obx, notes } of groups) {
    const text = joined.at(-1);
    if (text !== undefined && isNextLine(text, { next: obx, isolates })) {
      text.furtherLines.push(obx);
      text.notes.push(...notes);
    } else {
      joined.push({ obx, notes: [...notes], furtherLines: [] });
    }
  }
  return joined;
}

/** The value of the observation, lines put together. */
export function valueOfText({ obx, furtherLines }: ObservationText): ValueWithUnit {
  if (furtherLines.length === 0) return observedValue(obx);
  for (const line of furtherLines) line.carrySame(obx);
  obx.text(2);
  const lines = [obx, ...furtherLines].map((line) => textOf(line));
  return { value: { valueString: lines.join("\n") }, unit: {} };
}

const textTypes = new Set(["ST", "TX", "FT"]);

interface NextLine {
  readonly next: SegmentReader;
  readonly isolates: ReadonlySet<string>;
}

function isNextLine({ obx, furtherLines }: ObservationText, { next, isolates }: NextLine): boolean {
  const type = obx.peek(2)?.toUpperCase() ?? "";
  if (!textTypes.has(type) || next.peek(2)?.toUpperCase() !== type) return false;
  if (!sameFields.every((field) => obx.segment.fieldText(field) === next.segment.fieldText(field))) return false;
  if (isSameSubId(obx, next)) return true;
  const isIsolate = isolates.has(obx.segment.fieldText(4)) || isolates.has(next.segment.fieldText(4));
  return type !== "ST" && !isIsolate && isCounting(obx, { count: furtherLines.length + 1, next });
}

/**
 * An OBX-4 that several tests share binds an organism to its sensitivities: two organisms, each with one, are not the two
 * lines of a text. Source: HL7 UK A.3 §7.5.4.
 */
function isolateIds(groups: readonly ObservationGroup[]): ReadonlySet<string> {
  const bySubId = Map.groupBy(groups, ({ obx }) => obx.segment.fieldText(4));
  const isShared = (sharing: readonly ObservationGroup[]) =>
    new Set(sharing.map(({ obx }) => obx.segment.fieldText(3))).size > 1;
  return new Set([...bySubId].flatMap(([subId, sharing]) => (isShared(sharing) ? [subId] : [])));
}

/** Test, units, range, flags and status: a line of text has none of its own but the first two. */
const sameFields = [3, 6, 7, 8, 11];

function isSameSubId(obx: SegmentReader, next: SegmentReader): boolean {
  return obx.segment.fieldText(4) === next.segment.fieldText(4);
}

function isCounting(
  obx: SegmentReader,
  { count, next }: { readonly count: number; readonly next: SegmentReader },
): boolean {
  const [first, later] = [counterIn(obx), counterIn(next)];
  return first !== undefined && first.before === later?.before && later.number === first.number + count;
}

/** `3`, or the last part of `1.3`. */
function counterIn(obx: SegmentReader): { readonly before: string; readonly number: number } | undefined {
  const [, before, number] = /^((?:\d+\.)*)(\d+)$/.exec(obx.peek(4) ?? "") ?? [];
  return before === undefined ? undefined : { before, number: Number(number) };
}
