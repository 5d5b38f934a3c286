/** SOP classes that are no storage, by their names. Source: PS3.6 Table A-1, PS3.4. */
export const sopClasses = {
  verification: "1.2.840.10008.1.1",
  storageCommitmentPush: "1.2.840.10008.1.20.1",
  patientRootFind: "1.2.840.10008.5.1.4.1.2.1.1",
  patientRootMove: "1.2.840.10008.5.1.4.1.2.1.2",
  patientRootGet: "1.2.840.10008.5.1.4.1.2.1.3",
  studyRootFind: "1.2.840.10008.5.1.4.1.2.2.1",
  studyRootMove: "1.2.840.10008.5.1.4.1.2.2.2",
  studyRootGet: "1.2.840.10008.5.1.4.1.2.2.3",
  patientStudyOnlyFind: "1.2.840.10008.5.1.4.1.2.3.1",
  patientStudyOnlyMove: "1.2.840.10008.5.1.4.1.2.3.2",
  patientStudyOnlyGet: "1.2.840.10008.5.1.4.1.2.3.3",
  modalityWorklistFind: "1.2.840.10008.5.1.4.31",
  modalityPerformedProcedureStep: "1.2.840.10008.3.1.2.3.3",
  modalityPerformedProcedureStepRetrieve: "1.2.840.10008.3.1.2.3.4",
  modalityPerformedProcedureStepNotification: "1.2.840.10008.3.1.2.3.5",
  instanceAvailability: "1.2.840.10008.5.1.4.33",
  mediaStorageDirectory: "1.2.840.10008.1.3.10",
} as const;

/** The instances that everybody knows. Source: PS3.6 Table A-1. */
export const wellKnownInstances = { storageCommitmentPush: "1.2.840.10008.1.20.1.1" } as const;

/** The storage service class, as common extended negotiation names it. Source: PS3.4 Annex B. */
export const storageServiceClass = "1.2.840.10008.4.2";

/** Below it are storage SOP classes; the services of inventories alone are none. Source: PS3.6 Table A-1. */
const storageRoot = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.(?!201\.[2-6]$)/;

/**
 * Whether objects of a SOP class are stored: those of the standard, new ones that stand where it has storage, and private ones, as
 * nobody can know better. `known` are those that the standard lists.
 */
export function isStorageClass(uid: string, known: ReadonlySet<string>): boolean {
  if (uid === sopClasses.mediaStorageDirectory) return false;
  return known.has(uid) || storageRoot.test(uid) || !uid.startsWith("1.2.840.10008.");
}
