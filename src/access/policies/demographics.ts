import { patientKeepers, patientReaders } from "./groups.ts";
import { granted, type Policy } from "./policy.ts";

export const demographics: Policy = {
  name: "demographics",
  title: "Who the patient is",
  layer: "fhir",
  kinds: ["Patient", "Person", "RelatedPerson"],
  allow: granted({ readers: patientReaders, writers: patientKeepers }),
};
