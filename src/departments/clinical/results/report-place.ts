import { deterministicId } from "../messages/deterministic-id.ts";
import { occurrences } from "../messages/occurrences.ts";
import { type SpecimenNumber, sharesSpecimen } from "./specimen-number.ts";

/** What identifies a report: the first parts of its id, and of every id below it. */
export type ReportIdentity = readonly (string | undefined)[];

/** By the id of the first report of an order and test: the specimens that the record knows it to be of. */
export type RecordedSpecimens = ReadonlyMap<string, readonly SpecimenNumber[]>;

export interface ReportPlace {
  readonly identity: ReportIdentity;
  /** Counted from 0 among reports of the same order and test in this message. */
  readonly occurrence: number;
}

/**
 * Where the reports of one message belong, by their order and test (`own`) and the specimens they name. The first report of
 * an order and test has no specimen in its identity, so that a later version finds it whether it names one or not; a
 * report of another specimen has. What names the same specimen again, or none, is told apart by its place in the message.
 */
export function reportPlaces(
  recorded: RecordedSpecimens | undefined,
): (own: ReportIdentity, named: readonly SpecimenNumber[]) => ReportPlace {
  const firsts = new Map(recorded);
  const countOfTest = occurrences();
  const countOfPlace = occurrences();
  return (own, named) => {
    const first = firsts.get(reportId(own)) ?? [];
    if (first.length === 0) firsts.set(reportId(own), named);
    const isOther = first.length > 0 && named.length > 0 && !sharesSpecimen(first, named);
    const place = isOther ? identityOf(own, named) : own;
    const count = countOfPlace(JSON.stringify(place));
    const identity = count === 0 ? place : [...place, String(count)];
    return { identity, occurrence: countOfTest(JSON.stringify(own)) };
  };
}

/** Of a report that is not the first of its order and test, but one of these specimens. */
export function identityOf(own: ReportIdentity, named: readonly SpecimenNumber[]): ReportIdentity {
  const [number] = named.map(({ filler, placer }) => filler ?? placer).sort();
  return [...own, "specimen", number];
}

export function reportId(identity: ReportIdentity): string {
  return deterministicId("DiagnosticReport", ...identity);
}
