import { roleNames } from "../roles/index.ts";
import type { Grantee } from "./policy.ts";

/** Those who treat patients. */
export const clinicians = ["doctor", "nurse"] as const satisfies readonly Grantee[];

/** Corridor's own hands: what arrives over a link, and what follows the feed. */
export const machines = ["link", "worker"] as const satisfies readonly Grantee[];

/** Those whose work needs to know which patient, and where the patient is. */
export const patientReaders: readonly Grantee[] = [
  ...clinicians,
  "administrative-assistant",
  "pathology-links-manager",
  "pacs-administrator",
  "information-governance",
  "clinical-coding-and-auditing",
  ...machines,
];

/** Those who register patients and book them in and out. */
export const patientKeepers: readonly Grantee[] = [...clinicians, "administrative-assistant", "link"];

/** Those whose work is done on the chart, or who answer for what is on it. */
export const chartReaders: readonly Grantee[] = [
  ...clinicians,
  "pathology-links-manager",
  "clinical-coding-and-auditing",
  ...machines,
];

/** Those who write what stands on the chart. */
export const chartWriters: readonly Grantee[] = [...clinicians, "link"];

/** Every role there is. */
export const everyone: readonly Grantee[] = roleNames;

export const nobody: readonly Grantee[] = [];
