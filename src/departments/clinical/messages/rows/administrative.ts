import { rowsOfSegments } from "./index.ts";

/** Of segments without a typed mapping, those whose first field is their number. */
const counted = new Set([
  "IN1",
  "GT1",
  "PR1",
  "FT1",
  "AIS",
  "AIG",
  "AIL",
  "AIP",
  "IAM",
  "RGS",
  "DB1",
  "CTI",
  "ARV",
  "UB1",
]);

/** The field numbers the segments of its name. */
export function isCounting(segment: string, field: number): boolean {
  return field === 1 && rowsOfSegments[segment] === undefined && counted.has(segment);
}

/** The field serves the exchange of messages. */
export function isAdministrative(segment: string, field: number): boolean {
  return rowsOfSegments[segment]?.[field] === "administrative" || isCounting(segment, field);
}
