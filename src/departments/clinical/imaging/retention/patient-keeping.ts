import type { Result } from "#kernel";

/** What the record says of how long what is known of a patient is kept. */
export interface PatientKeeping {
  /** What stops that anything of it goes. */
  readonly stop?: { readonly is: "held" | "restricted"; readonly message: string };
  /** `1950-01-01`; a year or a month alone counts to its end. */
  readonly birthDay?: string;
  /** The last day of care; absent where the record knows of none. */
  readonly lastContact?: string;
  /** Until when the health record is kept, and by which rule; absent as above. */
  readonly record?: { readonly until: string; readonly title: string };
}

/** Of `Patient/7c…`. Problems: not-found; those of the record. */
export type PatientKeepingOf = (patient: string) => Promise<Result<PatientKeeping>>;
