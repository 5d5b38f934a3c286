import type { DataSet } from "#standards/dicom";
import { type Code, dataSetOf, one, type PhantomPatient } from "#standards/phantoms";

/** Source: PS3.4 §K.6.1.2 (Modality Worklist Information Model - FIND). */
export const worklistClass = "1.2.840.10008.5.1.4.31";

/** What a modality is told of an examination that it is to do. */
export interface WorklistEntry {
  readonly patient: PhantomPatient;
  readonly accessionNumber: string;
  readonly studyInstanceUid: string;
  readonly requestedProcedureId: string;
  readonly requestedProcedure: string;
  readonly code: Code | undefined;
  readonly stepId: string;
  readonly stepDescription: string;
  readonly modality: string;
  readonly stationAe: string;
  readonly referringPhysician: string;
}

export interface WorklistQuestion {
  readonly stationAe: string;
  /** `20261123-20261124` */
  readonly days: string;
}

/** What this station is to do in these days. Source: PS3.4 Table K.6-1. */
export function worklistIdentifier({ stationAe, days }: WorklistQuestion): DataSet {
  const empty = (...keywords: readonly string[]) => Object.fromEntries(keywords.map((keyword) => [keyword, ""]));
  return dataSetOf(
    { SpecificCharacterSet: "ISO_IR 192" },
    empty("AccessionNumber", "ReferringPhysicianName", "StudyInstanceUID"),
    empty("PatientName", "PatientID", "IssuerOfPatientID", "PatientBirthDate", "PatientSex"),
    empty("RequestedProcedureID", "RequestedProcedureDescription"),
    {
      RequestedProcedureCodeSequence: one(empty("CodeValue", "CodingSchemeDesignator", "CodeMeaning")),
      ScheduledProcedureStepSequence: one(
        empty("Modality", "ScheduledProcedureStepID", "ScheduledProcedureStepDescription"),
        {
          ScheduledStationAETitle: stationAe,
          ScheduledProcedureStepStartDate: days,
          ScheduledProcedureStepStartTime: "",
        },
      ),
    },
  );
}

/** Undefined for what lacks what every entry must have. */
export function worklistEntryOf(item: DataSet): WorklistEntry | undefined {
  const [step] = item.items("ScheduledProcedureStepSequence");
  const [coded] = item.items("RequestedProcedureCodeSequence");
  const text = (keyword: string) => item.text(keyword) ?? "";
  const studyInstanceUid = item.text("StudyInstanceUID");
  const id = item.text("PatientID");
  if (step === undefined || studyInstanceUid === undefined || id === undefined) return undefined;
  const sex = text("PatientSex");
  return {
    patient: {
      id,
      issuer: text("IssuerOfPatientID"),
      name: text("PatientName"),
      sex: sex === "F" || sex === "M" ? sex : "O",
      birthDate: text("PatientBirthDate"),
    },
    accessionNumber: text("AccessionNumber"),
    studyInstanceUid,
    requestedProcedureId: text("RequestedProcedureID"),
    requestedProcedure: text("RequestedProcedureDescription"),
    code: codeOf(coded),
    stepId: step.text("ScheduledProcedureStepID") ?? "",
    stepDescription: step.text("ScheduledProcedureStepDescription") ?? "",
    modality: step.text("Modality") ?? "",
    stationAe: step.text("ScheduledStationAETitle") ?? "",
    referringPhysician: text("ReferringPhysicianName"),
  };
}

function codeOf(coded: DataSet | undefined): Code | undefined {
  const value = coded?.text("CodeValue");
  if (coded === undefined || value === undefined) return undefined;
  return [value, coded.text("CodingSchemeDesignator") ?? "L", coded.text("CodeMeaning") ?? value];
}
