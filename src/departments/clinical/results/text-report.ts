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
  const joined: (ObservationText & { furtherLines: SegmentReader[]; notes: SegmentReader[] })[] = [];
  for (const { obx, notes } of groups) {
    const text = joined.at(-1);
    if (text !== undefined && isNextLine(text, obx)) {
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

function isNextLine({ obx, furtherLines }: ObservationText, next: SegmentReader): boolean {
  const type = obx.peek(2)?.toUpperCase() ?? "";
  if (!textTypes.has(type) || next.peek(2)?.toUpperCase() !== type) return false;
  if (!sameFields.every((field) => obx.segment.fieldText(field) === next.segment.fieldText(field))) return false;
  return isSameSubId(obx, next) || (type !== "ST" && isCounting(obx, { count: furtherLines.length + 1, next }));
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
  const first = Number(obx.peek(4));
  return Number.isInteger(first) && Number(next.peek(4)) === first + count;
}
