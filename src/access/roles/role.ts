import type { PermissionName } from "../permissions.ts";

/** A job in the hospital, and what Corridor lets its holder do. What they may read and write is in `policies/`. */
export interface Role {
  /** Stable, kebab-case: it is stored with each user. */
  readonly name: string;
  readonly title: string;
  readonly department: Department;
  /** What the holder is there for, as the hospital would say it. */
  readonly purpose: string;
  /** The reason their reads and writes are audited under. Source: HL7 v3 PurposeOfUse. */
  readonly purposeOfUse: PurposeOfUse;
  readonly permissions: readonly PermissionName[];
  /** Path of the page they land on after signing in. */
  readonly home: string;
}

export type Department =
  | "Clinical care"
  | "Clinical informatics"
  | "Education & training"
  | "ICT"
  | "Information management"
  | "Library & knowledge";

/** Treatment, operations, system administration, patient administration, research, planning, emergency treatment. */
export type PurposeOfUse = "TREAT" | "HOPERAT" | "HSYSADMIN" | "PATADMIN" | "HRESCH" | "PERFMSR" | "ETREAT";
