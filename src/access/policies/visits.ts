import { nobody, patientKeepers, patientReaders } from "./groups.ts";
import type { Policy } from "./policy.ts";

export const visits: Policy = {
  name: "visits",
  title: "Stays and appointments",
  layer: "fhir",
  kinds: ["Appointment", "AppointmentResponse", "Encounter", "EpisodeOfCare", "Schedule", "Slot"],
  allow: {
    read: patientReaders,
    search: patientReaders,
    history: patientReaders,
    create: patientKeepers,
    update: patientKeepers,
    delete: nobody,
  },
};
