import type { Segment, Value } from "#standards/hl7v2";
import type { SegmentReader } from "../message-reader.ts";
import { isAdministrative, isCounting } from "../rows/administrative.ts";

/** What the typed mapping has not read of a message and what says something: by segment, in order. */
export type Leftovers = ReadonlyMap<SegmentReader, readonly Value[]>;

export function leftoversOf(readers: readonly SegmentReader[]): Leftovers {
  const left = new Map<SegmentReader, readonly Value[]>();
  for (const reader of readers) {
    if (reader.name === "?") continue;
    const unread = reader.uncarried();
    const saying = unread.length === 0 ? unread : unread.filter((leaf) => saysSomething(leaf, reader.name));
    if (saying.length > 0) left.set(reader, saying);
  }
  return left;
}

/** Not what counts segments or divides them, and no request to delete. */
function saysSomething({ place: { field }, isNull, raw }: Value, segment: string): boolean {
  if (isCounting(segment, field) || (isAdministrative(segment, field) && !ofPartners.has(`${segment}-${field}`)))
    return false;
  return !isNull && raw.trim() !== "";
}

/** Who exchanges messages and how, which the Provenance can tell of where it was sent. */
const ofPartners = new Set(["MSH-8", "MSH-21", "MSH-22", "MSH-23", "MSH-24", "MSH-25", "SFT-5", "SFT-6"]);

/** The fields of each segment that have such values. */
export function fieldsOf(left: Leftovers): ReadonlyMap<Segment, ReadonlySet<number>> {
  return new Map(
    [...left].map(([reader, values]) => [reader.segment, new Set(values.map(({ place: { field } }) => field))]),
  );
}
