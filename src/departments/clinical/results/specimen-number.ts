import type { Identifier } from "#standards/fhir";
import type { SegmentReader } from "../messages/message-reader.ts";

/** The numbers of one specimen: the requester's and the laboratory's. At least one of them is there. */
export interface SpecimenNumber {
  readonly placer?: string | undefined;
  readonly filler?: string | undefined;
}

/** SPM-2 of each that has a number. Only looks. */
export function numbersIn(spms: readonly SegmentReader[]): readonly SpecimenNumber[] {
  return spms.flatMap((spm) => numbered({ placer: spm.field(2)?.peek(1, 1), filler: spm.field(2)?.peek(2, 1) }));
}

/** The number of a recorded specimen, where it has one of the requester's or the laboratory's. */
export function numbersOf(identifiers: readonly Identifier[] = []): readonly SpecimenNumber[] {
  const ofType = (code: string) => identifiers.find(({ type }) => type?.coding?.some((coding) => coding.code === code));
  return numbered({ placer: ofType("PGN")?.value, filler: ofType("FGN")?.value });
}

/** Whether a specimen is in both. Where both have the laboratory's number, that alone counts. */
export function sharesSpecimen(some: readonly SpecimenNumber[], others: readonly SpecimenNumber[]): boolean {
  return some.some((one) => others.some((other) => isSame(one, other)));
}

function isSame(one: SpecimenNumber, other: SpecimenNumber): boolean {
  if (one.filler !== undefined && other.filler !== undefined) return one.filler === other.filler;
  return one.placer !== undefined && one.placer === other.placer;
}

function numbered(number: SpecimenNumber): readonly SpecimenNumber[] {
  return number.placer === undefined && number.filler === undefined ? [] : [number];
}
