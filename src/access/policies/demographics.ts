import { clinicians, machines, nobody } from "./groups.ts";
import type { Grantee, Policy } from "./policy.ts";

const readers: readonly Grantee[] = [
  ...clinicians,
  "administrative-assistant",
  "pathology-links-manager",
  "pacs-administrator",
  "information-governance",
  "clinical-coding-and-auditing",
  ...machines,
];
const keepers: readonly Grantee[] = [...clinicians, "administrative-assistant", "link"];

export const demographics: Policy = {
  name: "demographics",
  title: "Who the patient is",
  layer: "fhir",
  kinds: ["Patient", "Person", "RelatedPerson"],
  allow: { read: readers, search: readers, history: readers, create: keepers, update: keepers, delete: nobody },
};
