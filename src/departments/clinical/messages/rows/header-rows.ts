import type { SegmentRows } from "./row.ts";

/** Source: v2-to-FHIR MSH[Provenance-Source], MSH[MessageHeader]. */
export const mshRows: SegmentRows = {
  1: "administrative",
  2: "administrative",
  3: "Provenance.agent.who",
  4: "Provenance.agent.who",
  5: "Provenance.agent.who",
  6: "Provenance.agent.who",
  7: "Provenance.occurredDateTime",
  8: "administrative",
  9: "Provenance.activity",
  10: "Provenance.entity.what",
  11: "administrative",
  12: "Provenance.extension(MSH-12)",
  13: "administrative",
  14: "administrative",
  15: "administrative",
  16: "administrative",
  17: "administrative",
  18: "Provenance.extension(MSH-18)",
  19: "administrative",
  20: "administrative",
  21: "administrative",
  22: "not-mapped-yet",
  23: "administrative",
  24: "administrative",
  25: "administrative",
};

/** Source: v2-to-FHIR EVN[Provenance]. */
export const evnRows: SegmentRows = {
  1: "Provenance.activity",
  2: "Patient.extension",
  3: "no-fhir-target",
  4: "not-mapped-yet",
  5: "not-mapped-yet",
  6: "Patient.extension",
  7: "not-mapped-yet",
};

/** Which message is answered, and whether it was taken: the exchange knows it by its own records. */
export const msaRows: SegmentRows = {
  1: "administrative",
  2: "administrative",
  3: "administrative",
  4: "administrative",
  5: "administrative",
  6: "administrative",
};

/** Source: v2-to-FHIR SFT[Device]. */
export const sftRows: SegmentRows = {
  1: "not-mapped-yet",
  2: "not-mapped-yet",
  3: "not-mapped-yet",
  4: "not-mapped-yet",
  5: "administrative",
  6: "administrative",
};
