import type { DataSet } from "#standards/dicom";
import { coded, dataSetOf, one, uidFrom } from "#standards/phantoms";
import type { Moment } from "./moment.ts";
import type { SentObject } from "./send-study.ts";
import type { WorklistEntry } from "./worklist-entry.ts";

/** Source: PS3.4 §F.7 (Modality Performed Procedure Step SOP Class). */
export const performedStepClass = "1.2.840.10008.3.1.2.3.3";
/** Source: PS3.4 §J.3 (Storage Commitment Push Model SOP Class), §J.3.5 (its well-known instance). */
export const commitmentClass = "1.2.840.10008.1.20.1";
export const commitmentInstance = "1.2.840.10008.1.20.1.1";

/** What N-CREATE tells when an examination begins. Source: PS3.4 Table F.7.2-1. */
export function begunStep(entry: WorklistEntry, { date, time }: Moment): DataSet {
  const { patient, code } = entry;
  const codes = code === undefined ? [] : coded(code);
  return dataSetOf({
    SpecificCharacterSet: "ISO_IR 192",
    ScheduledStepAttributesSequence: one({
      StudyInstanceUID: entry.studyInstanceUid,
      ReferencedStudySequence: [],
      AccessionNumber: entry.accessionNumber,
      RequestedProcedureID: entry.requestedProcedureId,
      RequestedProcedureDescription: entry.requestedProcedure,
      ScheduledProcedureStepID: entry.stepId,
      ScheduledProcedureStepDescription: entry.stepDescription,
      ScheduledProtocolCodeSequence: codes,
    }),
    PatientName: patient.name,
    PatientID: patient.id,
    IssuerOfPatientID: patient.issuer,
    PatientBirthDate: patient.birthDate,
    PatientSex: patient.sex,
    ReferencedPatientSequence: [],
    PerformedProcedureStepID: `P${entry.stepId}`.slice(0, 16),
    PerformedStationAETitle: entry.stationAe,
    PerformedStationName: entry.stationAe,
    PerformedLocation: "Radiology",
    PerformedProcedureStepStartDate: date,
    PerformedProcedureStepStartTime: time,
    PerformedProcedureStepEndDate: "",
    PerformedProcedureStepEndTime: "",
    PerformedProcedureStepStatus: "IN PROGRESS",
    PerformedProcedureStepDescription: entry.stepDescription,
    PerformedProcedureTypeDescription: "",
    ProcedureCodeSequence: codes,
    Modality: entry.modality,
    StudyID: "",
    PerformedProtocolCodeSequence: codes,
    PerformedSeriesSequence: [],
  });
}

/** A series that was made, with its objects. */
export interface PerformedSeries {
  readonly uid: string;
  readonly description: string;
  readonly objects: readonly SentObject[];
}

/** What N-SET tells when it is done, or was broken off. Source: PS3.4 Table F.7.2-1. */
export function endedStep(
  series: readonly PerformedSeries[],
  {
    date,
    time,
    status,
    operator,
  }: Moment & { readonly status: "COMPLETED" | "DISCONTINUED"; readonly operator: string },
): DataSet {
  return dataSetOf({
    SpecificCharacterSet: "ISO_IR 192",
    PerformedProcedureStepEndDate: date,
    PerformedProcedureStepEndTime: time,
    PerformedProcedureStepStatus: status,
    PerformedSeriesSequence: series.map(({ uid, description, objects }) =>
      dataSetOf({
        PerformingPhysicianName: "",
        ProtocolName: description,
        OperatorsName: operator,
        SeriesInstanceUID: uid,
        SeriesDescription: description,
        RetrieveAETitle: "",
        ReferencedImageSequence: objects.map(referenced),
        ReferencedNonImageCompositeSOPInstanceSequence: [],
      }),
    ),
  });
}

/** What N-ACTION asks: will these be kept? Source: PS3.4 Table J.3-1. */
export function commitmentOf(transaction: string, objects: readonly SentObject[]): DataSet {
  return dataSetOf({
    TransactionUID: uidFrom("commitment", transaction),
    ReferencedSOPSequence: objects.map(referenced),
  });
}

function referenced({ sopClass, sopInstance }: SentObject): DataSet {
  return dataSetOf({ ReferencedSOPClassUID: sopClass, ReferencedSOPInstanceUID: sopInstance });
}
