import type { SegmentRows } from "./row.ts";

/** Source: v2-to-FHIR PV1[Encounter]. */
export const pv1Rows: SegmentRows = {
  1: "administrative",
  2: "Encounter.class",
  3: "Encounter.location",
  4: "Encounter.type",
  5: "Encounter.hospitalization.preAdmissionIdentifier",
  6: "Encounter.location",
  7: "Encounter.participant",
  8: "Encounter.participant",
  9: "Encounter.participant",
  10: "Encounter.serviceType",
  11: "Encounter.location",
  13: "Encounter.hospitalization.reAdmission",
  14: "Encounter.hospitalization.admitSource",
  15: "Encounter.hospitalization.specialArrangement",
  16: "Encounter.hospitalization.specialCourtesy",
  17: "Encounter.participant",
  19: "Encounter.identifier",
  20: "not-mapped-yet",
  36: "Encounter.hospitalization.dischargeDisposition",
  37: "Encounter.hospitalization.destination",
  38: "Encounter.hospitalization.dietPreference",
  40: "not-mapped-yet",
  42: "Encounter.location",
  43: "not-mapped-yet",
  44: "Encounter.period.start",
  45: "Encounter.period.end",
  50: "Encounter.identifier",
  52: "Encounter.participant",
  53: "not-mapped-yet",
  54: "not-mapped-yet",
};

/** Source: v2-to-FHIR PV2[Encounter]. */
export const pv2Rows: SegmentRows = {
  1: "Encounter.location",
  3: "Encounter.reasonCode",
  8: "Encounter.extension(plannedStartDate)",
  9: "Encounter.extension(plannedEndDate)",
  11: "Encounter.length",
  12: "not-mapped-yet",
  13: "Encounter.participant",
  22: "not-mapped-yet",
  25: "Encounter.priority",
  38: "Encounter.extension(modeOfArrival)",
};
