import type { HospitalTime } from "#kernel";
import type { DataSet } from "#standards/dicom";
import type { CodeableConcept, ServiceRequest } from "#standards/fhir";
import type { ImagingStep } from "./imaging-step.ts";
import type { PerformedState } from "./performed-step.ts";

export interface OrderAndStep {
  readonly step: ImagingStep;
  readonly order: ServiceRequest | undefined;
}

export interface Told {
  readonly state: PerformedState;
  /** Everything that is known of the performed step. */
  readonly told: DataSet;
  readonly hospitalTime: HospitalTime;
}

/** Step and order as what the modality told leaves them. */
export function moveTo({ step, order }: OrderAndStep, { state, told, hospitalTime }: Told): OrderAndStep {
  const at = (which: "Start" | "End") => toldTime(told, which, hospitalTime);
  const begun = { ...step, ...(at("Start") === undefined ? {} : { begunAt: at("Start") as string }) };
  const end = at("End");
  const ended = end === undefined ? begun : { ...begun, endedAt: end };
  switch (state) {
    case "IN PROGRESS":
      return { step: { ...begun, status: "in-progress" }, order };
    case "COMPLETED":
      return { step: { ...ended, status: "completed" }, order: withStatus(order, "completed") };
    case "DISCONTINUED": {
      const why = reasonOf(told);
      return { step: { ...ended, status: "failed", why }, order: withStatus(order, "revoked", why) };
    }
  }
}

function withStatus(
  order: ServiceRequest | undefined,
  status: ServiceRequest["status"],
  why?: CodeableConcept,
): ServiceRequest | undefined {
  // What was withdrawn meanwhile stays withdrawn.
  if (order === undefined || order.status === status || order.status === "entered-in-error") return order;
  if (why === undefined) return { ...order, status };
  const others = (order.extension ?? []).filter(({ url }) => url !== reasonUrl);
  return { ...order, status, extension: [...others, { url: reasonUrl, valueCodeableConcept: why }] };
}

const reasonUrl = "http://hl7.org/fhir/StructureDefinition/request-statusReason";

/** Source: PS3.16 CID 9300 (Procedure Discontinuation Reasons). */
function reasonOf(told: DataSet): CodeableConcept {
  const [code] = told.items("PerformedProcedureStepDiscontinuationReasonCodeSequence");
  const text = code?.text("CodeMeaning") ?? "Discontinued at the modality";
  const value = code?.text("CodeValue");
  if (value === undefined || code?.text("CodingSchemeDesignator") !== "DCM") return { text };
  return { coding: [{ system: "http://dicom.nema.org/resources/ontology/DCM", code: value, display: text }], text };
}

/** As FHIR writes it; undefined for what is no day and time. */
function toldTime(told: DataSet, which: "Start" | "End", { offsetMinutesAt }: HospitalTime): string | undefined {
  const date = /^(\d{4})(\d{2})(\d{2})$/.exec(told.text(`PerformedProcedureStep${which}Date`) ?? "");
  const time = /^(\d{2})(\d{2})(\d{2})?/.exec(told.text(`PerformedProcedureStep${which}Time`) ?? "");
  if (date === null || time === null) return undefined;
  const local = `${date.slice(1).join("-")}T${time[1]}:${time[2]}:${time[3] ?? "00"}`;
  if (Number.isNaN(Date.parse(local))) return undefined;
  const minutes = offsetMinutesAt(local);
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `${local}${minutes < 0 ? "-" : "+"}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
}
