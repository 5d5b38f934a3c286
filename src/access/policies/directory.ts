import { everyone, machines } from "./groups.ts";
import { type Grantee, granted, type Policy } from "./policy.ts";

const readers: readonly Grantee[] = [...everyone, ...machines];
const keepers: readonly Grantee[] = ["administrative-assistant", "system-administrator", "link"];

export const directory: Policy = {
  name: "directory",
  title: "Staff, organisations and places",
  layer: "fhir",
  kinds: [
    "Endpoint",
    "HealthcareService",
    "Location",
    "Organization",
    "OrganizationAffiliation",
    "Practitioner",
    "PractitionerRole",
  ],
  allow: granted({ readers, writers: keepers }),
};
