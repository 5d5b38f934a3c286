import { clinicians, machines, nobody } from "./groups.ts";
import type { Grantee, Policy } from "./policy.ts";

const readers: readonly Grantee[] = [
  ...clinicians,
  "administrative-assistant",
  "pathology-links-manager",
  "pacs-administrator",
  "information-governance",
  "clinical-coding-and-auditing",
  ...machines,
];
const keepers: readonly Grantee[] = [...clinicians, "administrative-assistant", "link"];

export const visits: Policy = {
  name: "visits",
  title: "Stays and appointments",
  layer: "fhir",
  kinds: ["Appointment", "AppointmentResponse", "Encounter", "EpisodeOfCare", "Schedule", "Slot"],
  allow: { read: readers, search: readers, history: readers, create: keepers, update: keepers, delete: nobody },
};
