import { clinicians, machines, nobody } from "./groups.ts";
import type { Grantee, Policy } from "./policy.ts";

const readers: readonly Grantee[] = [
  ...clinicians,
  "pathology-links-manager",
  "clinical-coding-and-auditing",
  "information-governance",
  ...machines,
];

/** One is added to every write without asking; whoever writes clinical documents may also bring their own. */
export const provenance: Policy = {
  name: "provenance",
  title: "Where a document came from",
  layer: "fhir",
  kinds: ["Provenance"],
  allow: {
    read: readers,
    search: readers,
    history: readers,
    create: [...clinicians, ...machines],
    update: nobody,
    delete: nobody,
  },
};
