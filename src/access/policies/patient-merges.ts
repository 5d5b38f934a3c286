import { machines } from "./groups.ts";
import type { Grantee, Policy } from "./policy.ts";

const readers: readonly Grantee[] = ["pathology-links-manager", "information-governance", ...machines];

/** Messages make them; a person asks for one to be undone. */
export const patientMerges: Policy = {
  name: "patient-merges",
  title: "Whose numbers were given up for another patient's",
  layer: "corridor",
  kinds: ["PatientMerge"],
  allow: {
    read: readers,
    search: readers,
    history: readers,
    create: ["link"],
    update: ["link", "pathology-links-manager"],
    delete: [],
  },
};
