import type { Identifier } from "#standards/fhir";

export const patientMergeKind = "PatientMerge";

/**
 * `moving` and `undoing`: its steps are under way. From its first step on, a merge that is being undone counts no more.
 */
export const patientMergeStates = ["moving", "merged", "undoing", "undone"] as const;

/**
 * That one patient's numbers were given up for another's: the body of a document of kind `PatientMerge`. All those that
 * count make the table of aliases. Which versions it moved is told by its Provenances, one for each step.
 */
export type PatientMerge = {
  readonly state: (typeof patientMergeStates)[number];
  /** Whose numbers cease: PID-3 is kept, MRG-1 is not. */
  readonly discarded: MergedPatient;
  /** Who stays, as the message said; that patient may have been merged on since. */
  readonly survivor: MergedPatient;
  /** When it happened where it was decided: EVN-6, EVN-2 or MSH-7. */
  readonly effectiveAt?: string;
  readonly recordedAt: string;
  /** `LinkMessage/3f…`. */
  readonly message: string;
  /** `A40`. */
  readonly event: string;
  /** `active` of the discarded patient before; absent where it said nothing. */
  readonly activeBefore?: boolean;
  readonly steps: number;
  /** Resources that now stand under the survivor. */
  readonly moved: number;
  readonly undo?: UndoneMerge;
};

export type MergedPatient = {
  /** `Patient/7c…`. */
  readonly reference: string;
  /** The numbers by which the message named the patient. */
  readonly numbers: readonly Pick<Identifier, "system" | "value">[];
};

export type UndoneMerge = {
  /** `User/3f…`, or the `LinkMessage/…` that asked for it. */
  readonly by: string;
  readonly display: string;
  readonly at: string;
  readonly reason: string;
  readonly steps: number;
  /** How many of what was moved has been looked at. */
  readonly looked: number;
  readonly returned: number;
  /** For a person to look at, at most `limits.mergeReviewMax`. */
  readonly review: readonly ReviewedResource[];
};

export type ReviewedResource = {
  /** `Observation/7c…`. */
  readonly reference: string;
  /** `came-after`: arrived under the old number, and stays with the survivor. `changed-since`: went back as it is now. */
  readonly why: "came-after" | "changed-since";
};

/** Whether it stands: its discarded patient's number leads to the survivor. */
export function counts({ state, undo }: PatientMerge): boolean {
  return state === "moving" || state === "merged" || (state === "undoing" && undo?.steps === 0);
}
