import { clinicians, machines, nobody } from "./groups.ts";
import type { Grantee, Policy } from "./policy.ts";

const readers: readonly Grantee[] = [
  ...clinicians,
  "pathology-links-manager",
  "clinical-coding-and-auditing",
  ...machines,
];
const writers: readonly Grantee[] = [...clinicians, "link"];

/** Stands on the banner of every chart: whoever opens a chart sees it. */
export const alerts: Policy = {
  name: "alerts",
  title: "Allergies and alerts",
  layer: "fhir",
  kinds: ["AllergyIntolerance", "Flag"],
  allow: { read: readers, search: readers, history: readers, create: writers, update: writers, delete: nobody },
};
