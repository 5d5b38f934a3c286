import { nobody, patientKeepers, patientReaders } from "./groups.ts";
import type { Policy } from "./policy.ts";

export const demographics: Policy = {
  name: "demographics",
  title: "Who the patient is",
  layer: "fhir",
  kinds: ["Patient", "Person", "RelatedPerson"],
  allow: {
    read: patientReaders,
    search: patientReaders,
    history: patientReaders,
    create: patientKeepers,
    update: patientKeepers,
    delete: nobody,
  },
};
