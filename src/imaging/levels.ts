import { type Tag, tagNamed } from "#standards/dicom";

/** Source: PS3.4 §C.6.1.1. */
export type ImageLevel = "patient" | "study" | "series" | "instance";

/**
 * What of an object describes its study and the patient, and is kept with the study as its first object has it.
 * Source: PS3.3 §C.7.1, §C.7.2; PS3.18 Table 10.6.3-3.
 */
const studyKeywords = [
  "StudyDate",
  "StudyTime",
  "AccessionNumber",
  "IssuerOfAccessionNumberSequence",
  "ReferringPhysicianName",
  "ReferringPhysicianIdentificationSequence",
  "StudyDescription",
  "ProcedureCodeSequence",
  "PhysiciansOfRecord",
  "NameOfPhysiciansReadingStudy",
  "AdmittingDiagnosesDescription",
  "PatientName",
  "PatientID",
  "IssuerOfPatientID",
  "IssuerOfPatientIDQualifiersSequence",
  "TypeOfPatientID",
  "PatientBirthDate",
  "PatientBirthTime",
  "PatientSex",
  "OtherPatientIDs",
  "OtherPatientIDsSequence",
  "OtherPatientNames",
  "PatientAge",
  "PatientSize",
  "PatientWeight",
  "EthnicGroup",
  "PatientComments",
  "PatientSpeciesDescription",
  "ResponsiblePerson",
  "AdditionalPatientHistory",
  "AdmissionID",
  "StudyInstanceUID",
  "StudyID",
  "RequestingPhysician",
  "RequestingService",
  "RequestedProcedureDescription",
  "RequestedProcedureCodeSequence",
] as const;

/** The same of a series. Source: PS3.3 §C.7.3, §C.7.4, §C.7.5; PS3.18 Table 10.6.3-4. */
const seriesKeywords = [
  "SeriesDate",
  "SeriesTime",
  "Modality",
  "Manufacturer",
  "InstitutionName",
  "InstitutionalDepartmentName",
  "StationName",
  "ManufacturerModelName",
  "DeviceSerialNumber",
  "SoftwareVersions",
  "SeriesDescription",
  "SeriesDescriptionCodeSequence",
  "PerformingPhysicianName",
  "OperatorsName",
  "BodyPartExamined",
  "ProtocolName",
  "PatientPosition",
  "SeriesInstanceUID",
  "SeriesNumber",
  "Laterality",
  "FrameOfReferenceUID",
  "PositionReferenceIndicator",
  "PerformedProcedureStepID",
  "PerformedProcedureStepStartDate",
  "PerformedProcedureStepStartTime",
  "PerformedProcedureStepDescription",
  "RequestAttributesSequence",
] as const;

export const studyTags: ReadonlySet<Tag> = new Set(studyKeywords.map(tagOfKeyword));
export const seriesTags: ReadonlySet<Tag> = new Set(seriesKeywords.map(tagOfKeyword));

function tagOfKeyword(keyword: string): Tag {
  const tag = tagNamed(keyword);
  if (tag === undefined) throw new Error(`the dictionary has no ${keyword}`);
  return tag;
}

/** The level that an attribute is kept at; everything else is each object's own. */
export function levelOfTag(tag: Tag): Exclude<ImageLevel, "patient"> {
  if (studyTags.has(tag)) return "study";
  return seriesTags.has(tag) ? "series" : "instance";
}
