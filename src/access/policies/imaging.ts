import { clinicians, machines } from "./groups.ts";
import { type Grantee, granted, type Policy } from "./policy.ts";

const readers: readonly Grantee[] = [...clinicians, "pacs-administrator", "clinical-coding-and-auditing", ...machines];
const keepers: readonly Grantee[] = [...clinicians, "pacs-administrator", "link"];

export const imaging: Policy = {
  name: "imaging",
  title: "Imaging studies and pictures",
  layer: "fhir",
  kinds: ["ImagingStudy", "Media"],
  allow: granted({ readers, writers: keepers }),
};
