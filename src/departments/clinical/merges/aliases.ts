import type { Edge } from "./forest.ts";
import { counts, type PatientMerge } from "./patient-merge.ts";

/** Which number stands for which by now, by `system|value`. */
export type Aliases = ReadonlyMap<string, string>;

/**
 * The table of aliases: each number that was given up leads to a number of the patient who stays. Of merges in the order
 * of their record; those that are undone do not count.
 */
export function aliasesOf(merges: readonly PatientMerge[]): Aliases {
  const edges = merges.filter(counts).flatMap(({ discarded, survivor }) => {
    const kept = survivor.numbers[0];
    if (kept === undefined) return [];
    const keeps = new Set(survivor.numbers.map(numberText));
    const ceased = discarded.numbers.map(numberText).filter((number) => !keeps.has(number));
    return ceased.map((number): Edge => ({ discarded: number, survivor: numberText(kept) }));
  });
  return new Map(edges.map((edge) => [edge.discarded, edge.survivor]));
}

/**
 * The key that a patient's items are put in order by, now: the key given, or that of the number which has taken its place.
 * A chain is followed to its end. Pure: items queued under the old key and new ones under the new key meet in one lane.
 */
export function currentPatientKey(key: string, aliases: Aliases): string {
  let current = key;
  for (let hops = 0; hops <= aliases.size; hops += 1) {
    const next = aliases.get(current);
    if (next === undefined) return current;
    current = next;
  }
  return current;
}

/** `https://fhir.nhs.uk/Id/nhs-number|9990000018`: how a number is written in keys. */
export function numberText({ system = "", value = "" }: { readonly system?: string; readonly value?: string }): string {
  return `${system}|${value}`;
}

/** The lane of one patient's items for a destination: the same before and after a merge. */
export function laneKeyOf(
  { destination, patientKey }: { readonly destination: string; readonly patientKey: string },
  aliases: Aliases,
): string {
  return `${destination}|${currentPatientKey(patientKey, aliases)}`;
}
