import type { SegmentRows } from "./row.ts";

/** Source: v2-to-FHIR OBX[Observation], OBX[Observation-Component], OBX[DocumentReference]. */
export const obxRows: SegmentRows = {
  1: "administrative",
  2: "Observation.value",
  3: "Observation.code",
  4: "Observation.extension(subId)",
  5: "Observation.value",
  6: "Observation.valueQuantity.unit",
  7: "Observation.referenceRange",
  8: "Observation.interpretation",
  10: "Observation.extension(natureOfAbnormalTest)",
  11: "Observation.status",
  14: "Observation.effectiveDateTime",
  15: "Observation.performer",
  16: "Observation.performer",
  17: "Observation.method",
  18: "Observation.device",
  19: "Observation.issued",
  20: "Observation.bodySite",
  21: "Observation.identifier",
  23: "Observation.performer",
  24: "not-mapped-yet",
  25: "Observation.performer",
  29: "Observation.category",
  30: "Observation.extension(structureType)",
  33: "not-mapped-yet",
};

/** Source: v2-to-FHIR NTE[Observation], NTE[ServiceRequest]. */
export const nteRows: SegmentRows = {
  1: "administrative",
  2: "administrative",
  3: "Observation.note.text",
  5: "Observation.note.author",
  6: "Observation.note.time",
};
