import { clinicians, machines, nobody } from "./groups.ts";
import type { Grantee, Policy } from "./policy.ts";

const readers: readonly Grantee[] = [...clinicians, "information-governance", ...machines];

export const research: Policy = {
  name: "research",
  title: "Studies and who takes part",
  layer: "fhir",
  kinds: ["ResearchStudy", "ResearchSubject"],
  allow: { read: readers, search: readers, history: readers, create: clinicians, update: clinicians, delete: nobody },
};
