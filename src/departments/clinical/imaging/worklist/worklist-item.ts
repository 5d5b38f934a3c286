import type { HospitalTime } from "#kernel";
import { codeItem, type DataSet, dataSetOf } from "#standards/dicom";
import type { Encounter, Patient, ServiceRequest } from "#standards/fhir";
import { nameOf } from "./decide-step.ts";
import type { ImagingStep } from "./imaging-step.ts";
import { patientValues } from "./patient-values.ts";

export interface ItemParts {
  readonly step: ImagingStep;
  readonly order: ServiceRequest;
  readonly patient: Patient;
  readonly encounter: Encounter | undefined;
  readonly hospitalTime: HospitalTime;
}

/** A step as a modality reads it in its worklist. Source: PS3.4 Table K.6-1, in its order. */
export function worklistItem(parts: ItemParts): DataSet {
  const { step, order, patient, encounter } = parts;
  const codes = codeItems(order);
  const visit = encounter?.identifier?.[0]?.value;
  const place = encounter?.location?.[0]?.location.display;
  return dataSetOf({
    SpecificCharacterSet: "ISO_IR 192",
    ScheduledProcedureStepSequence: [stepItem(parts, codes)],
    RequestedProcedureID: step.stepId,
    RequestedProcedureDescription: nameOf(order).slice(0, 64),
    RequestedProcedureCodeSequence: codes,
    StudyInstanceUID: step.studyUid,
    ReferencedStudySequence: [],
    RequestedProcedurePriority: priorities[step.priority],
    PatientTransportArrangements: "",
    AccessionNumber: step.accession,
    RequestingPhysician: personName(order.requester?.display),
    ReferringPhysicianName: personName(order.requester?.display),
    PlacerOrderNumberImagingServiceRequest: numberOf(order, "PLAC"),
    FillerOrderNumberImagingServiceRequest: numberOf(order, "FILL"),
    ReasonForTheRequestedProcedure: (order.reasonCode?.[0]?.text ?? "").slice(0, 64),
    AdmissionID: (visit ?? "").slice(0, 64),
    CurrentPatientLocation: (place ?? "").slice(0, 64),
    ReferencedPatientSequence: [],
    ...patientValues(patient),
  });
}

const priorities = { routine: "ROUTINE", urgent: "HIGH", asap: "HIGH", stat: "STAT" } as const;

function stepItem({ step, hospitalTime }: ItemParts, codes: readonly DataSet[]): DataSet {
  const { date, time } = plannedFor(step.plannedAt, hospitalTime);
  return dataSetOf({
    Modality: step.modality,
    ScheduledStationAETitle: step.stationAe ?? "",
    ScheduledProcedureStepStartDate: date,
    ScheduledProcedureStepStartTime: time,
    ScheduledPerformingPhysicianName: "",
    ScheduledProcedureStepDescription: step.description.slice(0, 64),
    ScheduledProtocolCodeSequence: codes,
    ScheduledProcedureStepID: step.stepId,
    ScheduledStationName: step.stationName ?? "",
    ScheduledProcedureStepLocation: step.location ?? "",
    PreMedication: "",
    RequestedContrastAgent: "",
    ScheduledProcedureStepStatus: stepStates[step.status],
  });
}

const stepStates = {
  ready: "SCHEDULED",
  "on-hold": "SCHEDULED",
  cancelled: "DISCONTINUED",
  "in-progress": "STARTED",
  completed: "COMPLETED",
  failed: "DISCONTINUED",
} as const;

/** By the clock on the hospital's wall. A day alone is from its first minute. */
function plannedFor(text: string, { local }: HospitalTime): { readonly date: string; readonly time: string } {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return { date: text.replaceAll("-", ""), time: "000000" };
  const epochMs = Date.parse(text);
  if (Number.isNaN(epochMs)) return { date: "", time: "" };
  const { date, clock, seconds } = local(epochMs);
  return { date: date.replaceAll("-", ""), time: `${clock.replace(":", "")}${seconds}` };
}

function codeItems({ code }: ServiceRequest): readonly DataSet[] {
  const coding = code?.coding?.find((each) => each.code !== undefined && each.code.length <= 16);
  if (coding?.code === undefined) return [];
  const meaning = coding.display ?? code?.text ?? coding.code;
  return [codeItem({ value: coding.code, scheme: schemeOf(coding.system), meaning })];
}

/** Source: PS3.16 Table 8-1 (Coding Schemes). What is no scheme of the standard is the hospital's own. */
function schemeOf(system: string | undefined): string {
  return system === undefined ? "99LOCAL" : (schemes[system] ?? "99LOCAL");
}

const schemes: Readonly<Record<string, string>> = {
  "http://snomed.info/sct": "SCT",
  "http://loinc.org": "LN",
  "http://dicom.nema.org/resources/ontology/DCM": "DCM",
  "http://www.radlex.org": "RADLEX",
};

function numberOf({ identifier = [] }: ServiceRequest, type: string): string {
  const found = identifier.find((each) => each.type?.coding?.some(({ code }) => code === type))?.value ?? "";
  return found.slice(0, 64);
}

/** A display such as `Dr Ingrid Lindqvist` or `Lindqvist, Ingrid`; its last word is the family name. */
function personName(display: string | undefined): string {
  const words = (display ?? "")
    .replace(/[\^=\\]/g, " ")
    .trim()
    .split(/\s+/);
  const family = words.pop() ?? "";
  const isTitle = /^(?:Dr|Mr|Mrs|Ms|Miss|Prof|Sister)\.?$/.test(words[0] ?? "");
  const prefix = isTitle ? (words.shift() ?? "") : "";
  return [family, words.shift() ?? "", words.join(" "), prefix].join("^").replace(/\^+$/, "");
}
