import type { ObservationReferenceRange, Quantity } from "#standards/fhir";
import { bareQuantity } from "../messages/datatypes/numbers.ts";
import type { SegmentReader } from "../messages/message-reader.ts";
import { list, presentOrNone } from "../messages/present.ts";
import type { Unit } from "./units.ts";

/** `3.5 - 5.3`, `3.5-5.3`, `13 to 18`, `70_105`; a minus before a number counts as its sign. */
const betweenPattern = /^(-?\d+(?:\.\d+)?)\s*(?:-|–|_|to)\s*(-?\d+(?:\.\d+)?)$/i;
const atLeastPattern = /^(?:>=|≥)\s*(\d+(?:\.\d+)?)$/;
const atMostPattern = /^(?:<=|≤)\s*(\d+(?:\.\d+)?)$/;

/**
 * OBX-7. The text always; limits where it says them plainly. `< 5` stays text: a limit in FHIR includes its number.
 * Source: v2-to-FHIR OBX-7.
 */
export function referenceRanges(obx: SegmentReader, unit: Unit): readonly ObservationReferenceRange[] | undefined {
  const text = obx.field(7)?.layout().trim();
  if (text === undefined || text === "") return undefined;
  return list(presentOrNone<ObservationReferenceRange>({ ...limitsOf(text, unit), text }));
}

function limitsOf(text: string, unit: Unit): Pick<ObservationReferenceRange, "low" | "high"> {
  const between = betweenPattern.exec(text);
  if (between !== null) {
    const [low, high] = [limit(between[1], unit), limit(between[2], unit)];
    return low?.value !== undefined && high?.value !== undefined && low.value <= high.value ? { low, high } : {};
  }
  const low = limit(atLeastPattern.exec(text)?.[1], unit);
  if (low !== undefined) return { low };
  const high = limit(atMostPattern.exec(text)?.[1], unit);
  return high === undefined ? {} : { high };
}

function limit(text: string | undefined, unit: Unit): Quantity | undefined {
  const quantity = text === undefined ? undefined : bareQuantity(text);
  return quantity === undefined ? undefined : { ...quantity, ...unit };
}
