import { mrsOsei, type WardPatient } from "../ward/index.ts";
import { anMsh, type Header } from "./hl7-header.ts";
import { aPid } from "./hl7-patient.ts";
import { type Fields, message, segment } from "./segment.ts";

export interface Merge extends Header {
  readonly event?: "A18" | "A30" | "A34" | "A39" | "A40";
  readonly recordedAt?: string;
  readonly pairs?: readonly MergedPair[];
  /** Instead of the one pair that these describe. */
  readonly kept?: WardPatient;
  readonly ceased?: string;
  readonly pid?: Fields;
  readonly mrg?: Fields;
}

export interface MergedPair {
  readonly kept: WardPatient;
  /** The hospital number that ceases. */
  readonly ceased: string;
  readonly pid?: Fields;
  readonly mrg?: Fields;
}

/** The hospital number H9 of Mrs Osei is given up for the one that she keeps, unless said otherwise. */
export function aMerge(merge: Merge = {}): string {
  const { event = "A40", kept = mrsOsei, ceased = "H9", pid = {}, mrg = {} } = merge;
  const pairs = merge.pairs ?? [{ kept, ceased, pid, mrg }];
  return message(
    anMsh(`ADT^${event}`, { application: "PAS", facility: "MEADOW", controlId: "MERGE-1", ...merge }),
    segment("EVN", { 1: event, 2: merge.recordedAt ?? "20261123100000+0000" }),
    ...pairs.flatMap((pair) => [
      aPid(pair.kept, pair.pid),
      segment("MRG", { 1: `${pair.ceased}^^^MEADOW^MR`, ...pair.mrg }),
    ]),
  );
}

/** Two patients are parted again. */
export function aParting(
  [one, other]: readonly [hospitalNumber: string, hospitalNumber: string],
  header: Header = {},
): string {
  const pid = (number: string) => segment("PID", { 1: "1", 3: `${number}^^^MEADOW^MR` });
  return message(
    anMsh("ADT^A37", { application: "PAS", facility: "MEADOW", controlId: "PART-1", ...header }),
    segment("EVN", { 1: "A37", 2: "20261123110000+0000" }),
    pid(one),
    pid(other),
  );
}
