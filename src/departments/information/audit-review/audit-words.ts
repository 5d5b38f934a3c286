/** What was done, in words for people; the codes are those of FHIR's restful interactions and of DICOM. */
export const actWords: Readonly<Record<string, string>> = {
  read: "Looked at",
  vread: "Looked at an earlier version",
  search: "Searched",
  history: "Listed earlier versions",
  "history-system": "Followed changes",
  create: "Wrote",
  update: "Changed",
  delete: "Deleted",
  operation: "Tried to use",
  disclose: "Sent outside",
  "110101": "Took out entries of the audit log",
  "110106": "Took out",
  "110107": "Brought in",
  "110122": "Signed in",
  "110123": "Signed out",
  "110127": "Broke the glass",
  "110138": "Ended what a broken glass had opened",
  "110137": "Changed how somebody signs in",
  "AuthZ-Consent": "Asked, and consent decided",
};

/** Source: HL7 v3 PurposeOfUse. */
export const purposeWords: Readonly<Record<string, string>> = {
  TREAT: "Treatment",
  ETREAT: "Treatment in an emergency",
  BTG: "Emergency: the glass was broken",
  HOPERAT: "Running the hospital",
  HSYSADMIN: "Keeping the system running",
  PATADMIN: "Details and appointments",
  HRESCH: "Research",
  PATRQT: "The patient asked",
  HPAYMT: "Payment",
  HQUALIMP: "Improving care",
  COVERAGE: "Cover",
};

/** What kinds of documents are called by those whom they are about. */
const kindWords: Readonly<Record<string, string>> = {
  Patient: "Name, address and numbers",
  Observation: "Test results and measurements",
  DiagnosticReport: "Reports of tests",
  ServiceRequest: "Requests for tests",
  Encounter: "Visits and stays",
  Appointment: "Appointments",
  Condition: "Problems and diagnoses",
  AllergyIntolerance: "Allergies",
  Flag: "Alerts",
  DocumentReference: "Letters and documents",
  Composition: "Letters and documents",
  Binary: "Letters and documents",
  Procedure: "Operations and procedures",
  MedicationRequest: "Medicines",
  MedicationAdministration: "Medicines",
  MedicationStatement: "Medicines",
  Immunization: "Vaccinations",
  ImagingStudy: "Images and scans",
  Media: "Images and scans",
  Consent: "What you agreed to",
  Provenance: "Where entries came from",
  LinkMessage: "Messages between systems",
  AuditEvent: "Who looked at your record",
  AuditFinding: "Whether somebody was right to look",
  Relationship: "Who may see your record",
};

/** `Observation/1/_history/2` is of test results. A kind that has no words of its own is called by its name, in words. */
export function kindWord(entity: string): string {
  const kind = entity.split("/")[0] ?? "";
  return kindWords[kind] ?? kind.replace(/([a-z])([A-Z])/g, "$1 $2");
}
