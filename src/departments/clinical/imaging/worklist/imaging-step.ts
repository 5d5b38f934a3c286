import { uidOfUuid } from "#standards/dicom";
import type { CodeableConcept, ServiceRequest, Task } from "#standards/fhir";
import { deterministicId } from "../../messages/deterministic-id.ts";

/** What a station is to do for an order, as a Task of the record. */
export interface ImagingStep {
  readonly status: StepStatus;
  /** Id of the ServiceRequest. */
  readonly order: string;
  /** `Patient/7c…` */
  readonly patient: string;
  readonly encounter?: string;
  readonly accession: string;
  /** Of the step and of the procedure that it is part of. */
  readonly stepId: string;
  readonly studyUid: string;
  readonly modality: string;
  readonly stationAe: string;
  readonly stationName: string;
  readonly location: string;
  readonly description: string;
  readonly priority: NonNullable<ServiceRequest["priority"]>;
  /** When it is planned for, as FHIR writes it. */
  readonly plannedAt: string;
  readonly begunAt?: string;
  readonly endedAt?: string;
  readonly why?: CodeableConcept;
}

const stepStatuses = ["ready", "on-hold", "cancelled", "in-progress", "completed", "failed"] as const;
export type StepStatus = (typeof stepStatuses)[number];

/** Not begun, so that a change of the order still moves it. */
export function isWaiting({ status }: Pick<ImagingStep, "status">): boolean {
  return status === "ready" || status === "on-hold" || status === "cancelled";
}

export const stepCode = { system: "urn:corridor:task", code: "imaging-step" } as const;
const dicom = "http://dicom.nema.org/resources/ontology/DCM";

/** The inputs of the Task. Source: PS3.16 Annex D (DICOM Controlled Terminology Definitions). */
const inputs = {
  studyUid: { code: "110180", display: "Study Instance UID" },
  accession: { code: "121022", display: "Accession Number" },
  modality: { code: "121139", display: "Modality" },
  stationAe: { code: "110119", display: "Station AE Title" },
  stationName: { display: "Station Name" },
  location: { display: "Location" },
} as const satisfies Readonly<Record<string, { readonly code?: string; readonly display: string }>>;

type InputName = keyof typeof inputs;
const inputNames = Object.keys(inputs) as readonly InputName[];

/** The Task of an order; the same for the same order. */
export function stepTaskId(order: string): string {
  return deterministicId("Task", "imaging-step", order);
}

/** The UID that the study of an order is to have; the same for the same order. */
export function studyUidOf(order: string): string {
  const digits = deterministicId("study", order);
  // The digits of version and variant. Source: RFC 9562 §5.8.
  const uuid = `${digits.slice(0, 12)}8${digits.slice(13, 16)}8${digits.slice(17)}`;
  return uidOfUuid(uuid);
}

/** Source: FHIR R4 Task. */
export function taskOf(step: ImagingStep): Task {
  const { status, order, patient, encounter, stepId, description, priority, plannedAt, begunAt, endedAt, why } = step;
  const focus = { reference: `ServiceRequest/${order}` };
  return {
    resourceType: "Task",
    identifier: [{ system: "urn:corridor:imaging-step", value: stepId }],
    basedOn: [focus],
    status,
    ...(why === undefined ? {} : { statusReason: why }),
    intent: "order",
    priority,
    code: { coding: [{ ...stepCode, display: "Imaging examination" }] },
    description,
    focus,
    for: { reference: patient },
    ...(encounter === undefined ? {} : { encounter: { reference: encounter } }),
    ...(begunAt === undefined
      ? {}
      : { executionPeriod: { start: begunAt, ...(endedAt === undefined ? {} : { end: endedAt }) } }),
    restriction: { period: { start: plannedAt } },
    input: inputNames.flatMap((name) => (step[name] === "" ? [] : [{ type: typeOf(name), valueString: step[name] }])),
  };
}

function typeOf(name: InputName): CodeableConcept {
  const input = inputs[name];
  const text = input.display;
  return "code" in input ? { coding: [{ system: dicom, ...input }], text } : { text };
}

/** Undefined for a Task that is none of ours. */
export function stepOf(task: Task): ImagingStep | undefined {
  const status = stepStatuses.find((known) => known === task.status);
  const order = /^ServiceRequest\/(.+)$/.exec(task.focus?.reference ?? "")?.[1];
  const isOurs = task.code?.coding?.some(({ system, code }) => system === stepCode.system && code === stepCode.code);
  if (status === undefined || order === undefined || isOurs !== true) return undefined;
  const input = (name: InputName) =>
    task.input?.find(({ type }) => type.text === inputs[name].display)?.valueString ?? "";
  const { encounter, executionPeriod: { start, end } = {}, statusReason } = task;
  return {
    status,
    order,
    patient: task.for?.reference ?? "",
    ...(encounter?.reference === undefined ? {} : { encounter: encounter.reference }),
    accession: input("accession"),
    stepId: task.identifier?.[0]?.value ?? "",
    studyUid: input("studyUid"),
    modality: input("modality"),
    stationAe: input("stationAe"),
    stationName: input("stationName"),
    location: input("location"),
    description: task.description ?? "",
    priority: task.priority ?? "routine",
    plannedAt: task.restriction?.period?.start ?? "",
    ...(start === undefined ? {} : { begunAt: start }),
    ...(end === undefined ? {} : { endedAt: end }),
    ...(statusReason === undefined ? {} : { why: statusReason }),
  };
}
