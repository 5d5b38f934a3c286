import type { Attributes } from "#standards/dicom";
import type { PhantomStudy } from "../study.ts";
import { uidFrom } from "../uid.ts";
import { coded, dataSetOf, one } from "./attributes.ts";

/** Source: PS3.3 §C.7.1.1 (Patient), §C.7.2.2 (Patient Study). */
export function patientModule({ patient }: PhantomStudy): Attributes {
  const { id, issuer, otherIds = [], name, sex, birthDate, ageYears } = patient;
  const others = otherIds.map((other) =>
    dataSetOf({ PatientID: other.id, IssuerOfPatientID: other.issuer, TypeOfPatientID: "TEXT" }),
  );
  return {
    PatientName: name,
    PatientID: id,
    IssuerOfPatientID: issuer,
    PatientBirthDate: birthDate,
    PatientSex: sex,
    ...(others.length === 0 ? {} : { OtherPatientIDsSequence: others }),
    ...(ageYears === undefined ? {} : { PatientAge: `${String(ageYears).padStart(3, "0")}Y` }),
  };
}

export function studyUid(study: PhantomStudy): string {
  return study.studyInstanceUid ?? uidFrom(study.seed, "study", study.accessionNumber);
}

/** Source: PS3.3 §C.7.2.1 (General Study). */
export function studyModule(study: PhantomStudy): Attributes {
  return {
    StudyInstanceUID: studyUid(study),
    StudyDate: study.date,
    StudyTime: study.time,
    AccessionNumber: study.accessionNumber,
    ReferringPhysicianName: study.referringPhysician,
    StudyID: String((study.seed % 89_999) + 10_000),
    StudyDescription: study.description,
    ...(study.step?.code === undefined ? {} : { ProcedureCodeSequence: coded(study.step.code) }),
  };
}

export interface SeriesOf {
  readonly modality: string;
  readonly number: number;
  readonly description: string;
  readonly bodyPart?: string;
  readonly protocol?: string;
  /** Seconds after the start of the study. */
  readonly afterSeconds?: number;
}

export function seriesUid(study: PhantomStudy, number: number): string {
  return uidFrom(study.seed, "series", study.accessionNumber, number);
}

/** Source: PS3.3 §C.7.3.1 (General Series), Table 10-9 (Request Attributes), §C.7.5.1 (General Equipment). */
export function seriesModule(study: PhantomStudy, series: SeriesOf): Attributes {
  const { modality, number, description, bodyPart, protocol } = series;
  return {
    Modality: modality,
    SeriesInstanceUID: seriesUid(study, number),
    SeriesNumber: number,
    SeriesDescription: description,
    SeriesDate: study.date,
    SeriesTime: laterBy(study.time, series.afterSeconds ?? 0),
    ...(bodyPart === undefined ? {} : { BodyPartExamined: bodyPart }),
    ...(protocol === undefined ? {} : { ProtocolName: protocol }),
    ...performedStep(study, modality),
    Manufacturer: "Corridor",
    ManufacturerModelName: `Phantom ${modality}`,
    DeviceSerialNumber: `PH-${modality}-1`,
    SoftwareVersions: "1",
    InstitutionName: study.institution,
    StationName: study.station,
  };
}

/** Reports do not name what was asked for in this place. */
function performedStep({ step }: PhantomStudy, modality: string): Attributes {
  if (step === undefined || modality === "SR") return {};
  const request = {
    RequestedProcedureID: step.procedureId,
    RequestedProcedureDescription: step.procedure,
    ScheduledProcedureStepID: step.stepId,
    ScheduledProcedureStepDescription: step.stepDescription,
  };
  const told = step.performedStepUid;
  return {
    RequestAttributesSequence: one(request),
    ...(told === undefined
      ? {}
      : {
          ReferencedPerformedProcedureStepSequence: one({
            ReferencedSOPClassUID: mppsClass,
            ReferencedSOPInstanceUID: told,
          }),
        }),
  };
}

const mppsClass = "1.2.840.10008.3.1.2.3.3";

/** Source: PS3.3 §C.12.1 (SOP Common). */
export function sopModule(sopClass: string, sopInstance: string): Attributes {
  return { SpecificCharacterSet: "ISO_IR 192", SOPClassUID: sopClass, SOPInstanceUID: sopInstance };
}

/** Of the image in a series of a study. */
export function instanceUid(study: PhantomStudy, series: number, instance: number): string {
  return uidFrom(study.seed, "instance", study.accessionNumber, series, instance);
}

/** `093000` and 75 seconds are `093115`; never past midnight. */
export function laterBy(time: string, seconds: number): string {
  const of = (at: number) => Number(time.slice(at, at + 2));
  const total = Math.min(86_399, of(0) * 3_600 + of(2) * 60 + of(4) + Math.floor(seconds));
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `${two(total / 3_600)}${two((total / 60) % 60)}${two(total % 60)}`;
}
