import type { Value } from "#standards/hl7v2";
import { segmentLeaves } from "#standards/hl7v2";
import type { LedgerSummary } from "./link-message.ts";
import type { SegmentReader } from "./message-reader.ts";
import { isCounting } from "./rows/administrative.ts";
import { rowsOfSegments } from "./rows/index.ts";
import { isUnmappedReason, type UnmappedReason } from "./unmapped-reasons.ts";

/** What became of one value of a message: where it went, or why it went nowhere. */
export type LedgerEntry = MappedEntry | UnmappedEntry;

interface MappedEntry {
  /** `OBX[3]-5[1].1.1` */
  readonly where: string;
  /** As received. */
  readonly value: string;
  /** `Observation.valueQuantity` */
  readonly element: string;
}

interface UnmappedEntry {
  readonly where: string;
  readonly value: string;
  readonly reason: UnmappedReason;
}

/** Every value of a message that has been mapped, in order. Call it after the mapping has read what it needs. */
export function ledgerOf(readers: readonly SegmentReader[]): readonly LedgerEntry[] {
  return readers.flatMap((reader) => {
    const left = new Map(reader.uncarried().map((leaf) => [leaf.where, leaf]));
    return segmentLeaves(reader.segment).map((leaf): LedgerEntry => {
      const { where, raw: value } = leaf;
      if (left.has(where)) return { where, value, reason: reasonFor(leaf, reader) };
      return { where, value, element: elementOf(leaf, reader) };
    });
  });
}

/** The same books in short: what the LinkMessage keeps. */
export function summaryOf(readers: readonly SegmentReader[]): LedgerSummary {
  let leaves = 0;
  const unmapped = readers.flatMap((reader) => {
    const uncarried = reader.uncarried();
    leaves += reader.leafCount;
    return uncarried.map((leaf) => ({ where: leaf.where, reason: reasonFor(leaf, reader) }));
  });
  return { leaves, mapped: leaves - unmapped.length, unmapped };
}

/** Likewise of entries that are at hand. */
export function summaryOfEntries(entries: readonly LedgerEntry[]): LedgerSummary {
  const unmapped = entries.flatMap((entry) => ("reason" in entry ? { where: entry.where, reason: entry.reason } : []));
  return { leaves: entries.length, mapped: entries.length - unmapped.length, unmapped };
}

function elementOf(leaf: Value, reader: SegmentReader): string {
  const joined = reader.joinedTo(leaf);
  if (joined !== undefined) return joined;
  const { name } = reader;
  const { field } = leaf.place;
  const row = rowsOfSegments[name]?.[field];
  return row === undefined || isUnmappedReason(row) ? `${name}-${field}` : row;
}

function reasonFor(leaf: Value, reader: SegmentReader): UnmappedReason {
  const { name } = reader;
  if (name === "?") return "not-a-segment";
  if (name.startsWith("Z")) return "local-segment";
  if (leaf.isNull) return "empty-null";
  if (leaf.raw.trim() === "") return "blank";
  if (isCounting(name, leaf.place.field)) return "administrative";
  const rows = rowsOfSegments[name];
  if (rows === undefined) return "segment-not-mapped";
  const row = rows[leaf.place.field] ?? "no-fhir-target";
  return isUnmappedReason(row) ? row : reasonWithin(leaf, reader);
}

/** Why a value was left although its field has a place in FHIR. */
function reasonWithin({ place: { field, repetition } }: Value, reader: SegmentReader): UnmappedReason {
  const missing = missingKey(reader);
  if (missing !== undefined) return missing;
  if (reader.isRead(field, repetition)) return "part-not-carried";
  if (repetition > 1 && reader.isRead(field, 1)) return "repetition-not-carried";
  return overruled.has(`${reader.name}-${field}`) ? "overruled" : "value-not-understood";
}

/** A segment of which nothing was read lacked what its resource is known by, or its resource was not wanted. */
function missingKey(reader: SegmentReader): UnmappedReason | undefined {
  switch (reader.name) {
    case "OBX":
      return reader.isUnread && reader.segment.fieldText(3) === "" ? "no-observation-code" : undefined;
    case "PV1":
      return reader.peek(19) === undefined ? "no-visit-number" : undefined;
    case "PV2":
      return reader.isUnread ? "no-visit-number" : undefined;
    case "ORC":
      return reader.isUnread ? "no-order-number" : undefined;
    case "AL1":
    case "NK1":
    case "DG1":
    case "TQ1":
    case "NTE":
    case "SPM":
    case "OBR":
      return reader.isUnread ? "not-of-this-event" : undefined;
    default:
      return undefined;
  }
}

/** Fields that give way to another that says the same: ORC before OBR, SPM before OBR, OBR-22 before OBX-19. */
const overruled = new Set([
  "OBR-5",
  "OBR-6",
  "OBR-9",
  "OBR-14",
  "OBR-15",
  "OBR-16",
  "OBR-17",
  "OBR-27",
  "ORC-7",
  "ORC-14",
  "ORC-21",
  "PID-12",
  "PID-24",
  "PID-30",
  "TXA-6",
  "TXA-7",
  "TXA-10",
  "TXA-16",
]);
