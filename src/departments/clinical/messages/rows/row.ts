import type { UnmappedReason } from "../unmapped-reasons.ts";

/** `Observation.code`: where the values of a field go. */
export type ElementPath = `${Uppercase<string>}${string}.${string}`;

/** By field number, in the order of the official rows. A field that is not listed has no row there. */
export type SegmentRows = Readonly<Record<number, ElementPath | UnmappedReason>>;
