import { clinicians, machines } from "./groups.ts";
import { type Grantee, granted, type Policy } from "./policy.ts";

const readers: readonly Grantee[] = [...clinicians, "information-governance", ...machines];

export const research: Policy = {
  name: "research",
  title: "Studies and who takes part",
  layer: "fhir",
  kinds: ["ResearchStudy", "ResearchSubject"],
  allow: granted({ readers, writers: clinicians }),
};
