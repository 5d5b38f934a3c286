import type { Appointment, AppointmentParticipant } from "#standards/fhir";

/** What the event makes of an appointment, whatever else it says. Source: HL7 v2.5.1 §10.4; FHIR R4 AppointmentStatus. */
const statusOfEvent: Readonly<Record<string, Appointment["status"]>> = {
  S15: "cancelled",
  S16: "cancelled",
  S17: "entered-in-error",
  S26: "noshow",
};

/**
 * Source: v2-to-FHIR FillerStatusCodes[Appointment], without regard to capitals; besides: Overbook is booked, and what has been
 * discontinued or blocked does not take place.
 */
const statusOfFiller: Readonly<Record<string, Appointment["status"]>> = {
  pending: "pending",
  waitlist: "waitlist",
  booked: "booked",
  overbook: "booked",
  started: "checked-in",
  complete: "fulfilled",
  cancelled: "cancelled",
  dc: "cancelled",
  blocked: "cancelled",
  deleted: "entered-in-error",
  noshow: "noshow",
};

/** By the event, else by the filler's status; undefined where neither says. */
export function appointmentStatus(event: string, filler: string | undefined): Appointment["status"] | undefined {
  return statusOfEvent[event] ?? statusOfFiller[(filler ?? "").toLowerCase()];
}

/** The appointment does not take place as it was booked, and SCH-6 says why. */
export function isCalledOff(status: Appointment["status"] | undefined): boolean {
  return status === "cancelled" || status === "noshow" || status === "entered-in-error";
}

/** Whether somebody takes part, as far as the status of their slot tells. */
export function participation(filler: string | undefined): AppointmentParticipant["status"] {
  const status = appointmentStatus("", filler);
  if (status === "pending" || status === "waitlist") return "tentative";
  if (status === undefined) return "needs-action";
  return isCalledOff(status) ? "declined" : "accepted";
}
