import { clinicians, machines } from "./groups.ts";
import { type Grantee, granted, type Policy } from "./policy.ts";

const readers: readonly Grantee[] = [...clinicians, "administrative-assistant", "information-governance", ...machines];
const keepers: readonly Grantee[] = [...clinicians, "administrative-assistant", "link"];

export const consents: Policy = {
  name: "consents",
  title: "What the patient agreed to",
  layer: "fhir",
  kinds: ["Consent"],
  allow: granted({ readers, writers: keepers }),
};
