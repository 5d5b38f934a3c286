import type { SegmentRows } from "./row.ts";

/** Source: v2-to-FHIR SCH[Appointment]. */
export const schRows: SegmentRows = {
  1: "Appointment.identifier",
  2: "Appointment.identifier",
  6: "Appointment.reasonCode",
  7: "Appointment.reasonCode",
  8: "Appointment.appointmentType",
  9: "Appointment.minutesDuration",
  10: "Appointment.minutesDuration",
  11: "Appointment.start",
  12: "Appointment.participant",
  16: "Appointment.participant",
  20: "Appointment.participant",
  25: "Appointment.status",
  26: "Appointment.basedOn",
  27: "Appointment.basedOn",
};

/** Source: v2-to-FHIR AIS[Appointment]. */
export const aisRows: SegmentRows = {
  1: "administrative",
  3: "Appointment.serviceType",
  4: "Appointment.start",
  7: "Appointment.minutesDuration",
  8: "Appointment.minutesDuration",
  10: "Appointment.status",
};

/** Source: v2-to-FHIR AIG[Appointment]. */
export const aigRows: SegmentRows = {
  1: "administrative",
  3: "Appointment.participant",
  4: "Appointment.participant",
  8: "Appointment.start",
  11: "Appointment.minutesDuration",
  12: "Appointment.minutesDuration",
  14: "Appointment.participant",
};

/** Source: v2-to-FHIR AIL[Appointment], AIP[Appointment]. */
export const placeAndPersonRows: SegmentRows = {
  1: "administrative",
  3: "Appointment.participant",
  4: "Appointment.participant",
  6: "Appointment.start",
  9: "Appointment.minutesDuration",
  10: "Appointment.minutesDuration",
  12: "Appointment.participant",
};
