import type { Value } from "#standards/hl7v2";
import type { ReadyMaps } from "./compile.ts";

/** Why a value is in no resource, with a sentence for people. */
export const listedReasons = {
  administrative: "It counts segments or divides them, and says nothing about a patient.",
  blank: "It holds nothing but blanks.",
  "local-segment": "It is in a segment of the sender's own (Z…), which no layer maps.",
  "not-a-segment": "The line does not start as a segment does.",
  "segment-without-rows": "No row makes anything of this segment in this message.",
  "field-without-rows": "No row of the segment's maps has an element for this field.",
  "part-without-row":
    "Rows carry the field; none has an element for this part of it, or its value is not what the element holds.",
} as const;

export type ListedReason = keyof typeof listedReasons;

/** Delimiters, and the numbers by which a message counts its segments. */
export function isAdministrative({ where, place: { field } }: Value): boolean {
  const name = where.slice(0, where.indexOf("["));
  return name === "MSH" ? field <= 2 : field === 1 && counted.has(name);
}

const counted = new Set(
  [
    "PID",
    "PV1",
    "NK1",
    "OBR",
    "OBX",
    "NTE",
    "SPM",
    "AL1",
    "DG1",
    "IN1",
    "GT1",
    "PR1",
    "FT1",
    "AIS",
    "AIG",
    "AIL",
    "AIP",
  ].concat(["TXA", "TQ1", "IAM", "RGS", "DB1", "ARV"]),
);

export interface Circumstances {
  /** A map was run on the segment. */
  readonly isMapped: boolean;
  readonly maps: ReadyMaps;
}

export function reasonFor({ where, raw, place: { field } }: Value, { isMapped, maps }: Circumstances): ListedReason {
  const name = where.slice(0, where.indexOf("["));
  if (name === "?") return "not-a-segment";
  if (raw.trim() === "") return "blank";
  if (name.startsWith("Z")) return "local-segment";
  if (!isMapped) return "segment-without-rows";
  for (const map of maps.segments.values()) {
    if (map.from === name && map.rows.some(({ numbers }) => numbers[0] === field)) return "part-without-row";
  }
  return "field-without-rows";
}
