import type { SegmentRows } from "./row.ts";

/** Source: v2-to-FHIR PID[Patient]. */
export const pidRows: SegmentRows = {
  1: "administrative",
  2: "Patient.identifier",
  3: "Patient.identifier",
  4: "Patient.identifier",
  5: "Patient.name",
  6: "Patient.extension(mothersMaidenName)",
  7: "Patient.birthDate",
  8: "Patient.gender",
  9: "Patient.name",
  10: "local-extension-needed",
  11: "Patient.address",
  12: "Patient.address.district",
  13: "Patient.telecom",
  14: "Patient.telecom",
  15: "Patient.communication",
  16: "Patient.maritalStatus",
  17: "Patient.extension(religion)",
  18: "not-mapped-yet",
  19: "Patient.identifier",
  20: "Patient.identifier",
  21: "not-mapped-yet",
  22: "Patient.extension(ethnicCategory)",
  23: "Patient.extension(birthPlace)",
  24: "Patient.multipleBirthBoolean",
  25: "Patient.multipleBirthInteger",
  26: "Patient.extension(citizenship)",
  27: "no-fhir-target",
  28: "Patient.extension(nationality)",
  29: "Patient.deceasedDateTime",
  30: "Patient.deceasedBoolean",
  31: "no-fhir-target",
  32: "Patient.extension(nhsNumberVerificationStatus)",
  33: "not-mapped-yet",
  34: "not-mapped-yet",
  35: "not-mapped-yet",
  36: "not-mapped-yet",
  37: "no-fhir-target",
  38: "no-fhir-target",
  39: "local-extension-needed",
  40: "Patient.telecom",
};

/** The official map has MRG-7 at most; the rest is how patients are joined. Source: HL7 UK A.3 §3.4.40. */
export const mrgRows: SegmentRows = {
  1: "Patient.identifier",
  2: "no-fhir-target",
  3: "not-mapped-yet",
  4: "Patient.identifier",
  5: "Encounter.identifier",
  6: "no-fhir-target",
  7: "Patient.name",
};

/** Source: v2-to-FHIR PD1[Patient]. */
export const pd1Rows: SegmentRows = {
  3: "Patient.generalPractitioner",
  4: "Patient.generalPractitioner",
  6: "Patient.extension(disability)",
  7: "not-mapped-yet",
  14: "Patient.extension(congregation)",
};

/** Source: v2-to-FHIR NK1[Patient]. */
export const nk1Rows: SegmentRows = {
  1: "administrative",
  2: "Patient.contact.name",
  3: "Patient.contact.relationship",
  4: "Patient.contact.address",
  5: "Patient.contact.telecom",
  6: "Patient.contact.telecom",
  7: "Patient.contact.relationship",
  8: "Patient.contact.period",
  9: "Patient.contact.period",
  13: "Patient.contact.organization",
  15: "Patient.contact.gender",
  30: "not-mapped-yet",
  31: "not-mapped-yet",
  32: "not-mapped-yet",
  40: "Patient.contact.telecom",
  41: "not-mapped-yet",
};

/** Source: v2-to-FHIR AL1[AllergyIntolerance]. */
export const al1Rows: SegmentRows = {
  1: "administrative",
  2: "AllergyIntolerance.category",
  3: "AllergyIntolerance.code",
  4: "AllergyIntolerance.criticality",
  5: "AllergyIntolerance.reaction.manifestation",
  6: "AllergyIntolerance.onsetDateTime",
};
