import { patientKeepers, patientReaders } from "./groups.ts";
import { granted, type Policy } from "./policy.ts";

export const visits: Policy = {
  name: "visits",
  title: "Stays and appointments",
  layer: "fhir",
  kinds: ["Appointment", "AppointmentResponse", "Encounter", "EpisodeOfCare", "Schedule", "Slot"],
  allow: granted({ readers: patientReaders, writers: patientKeepers }),
};
