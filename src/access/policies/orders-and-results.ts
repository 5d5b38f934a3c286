import { clinicians, machines, nobody } from "./groups.ts";
import type { Grantee, Policy } from "./policy.ts";

const readers: readonly Grantee[] = [
  ...clinicians,
  "pathology-links-manager",
  "clinical-coding-and-auditing",
  ...machines,
];
const writers: readonly Grantee[] = [...clinicians, "link"];

/** What passes between the wards and the laboratories; documents hold the laid-out reports. */
export const ordersAndResults: Policy = {
  name: "orders-and-results",
  title: "Orders, specimens, results and documents",
  layer: "fhir",
  kinds: [
    "Binary",
    "DiagnosticReport",
    "DocumentManifest",
    "DocumentReference",
    "Observation",
    "ServiceRequest",
    "Specimen",
  ],
  allow: { read: readers, search: readers, history: readers, create: writers, update: writers, delete: nobody },
};
