import { drLindqvist, mrsOsei, type WardPatient } from "../ward/index.ts";
import { anMsh, type Header } from "./hl7-header.ts";
import { anXcn, aPid } from "./hl7-patient.ts";
import { type Fields, message, segment } from "./segment.ts";

export type AdtEvent =
  | ("A01" | "A02" | "A03" | "A04" | "A05" | "A06" | "A07" | "A08")
  | ("A11" | "A12" | "A13" | "A21" | "A22" | "A28" | "A31" | "A38");

export interface Adt extends Header {
  readonly event?: AdtEvent;
  readonly patient?: WardPatient;
  /** EVN-2. */
  readonly recordedAt?: string;
  readonly pid?: Fields;
  readonly pv1?: Fields;
  /** Fields of each AL1. */
  readonly allergies?: readonly Fields[];
}

/** Mrs Osei is admitted to ward 7, unless said otherwise. A28 and A31 carry no visit. */
export function anAdt(adt: Adt = {}): string {
  const { event = "A01", patient = mrsOsei, allergies = [] } = adt;
  const hasVisit = event !== "A28" && event !== "A31";
  return message(
    anMsh(`ADT^${event}`, { application: "PAS", facility: "MEADOW", ...adt }),
    segment("EVN", { 1: event, 2: adt.recordedAt ?? adt.sentAt ?? "20261123093000+0000" }),
    aPid(patient, adt.pid),
    ...(hasVisit || adt.pv1 !== undefined ? [aVisit(event, adt.pv1)] : []),
    ...allergies.map((fields, at) => segment("AL1", { 1: String(at + 1), ...fields })),
  );
}

function aVisit(event: AdtEvent, fields: Fields = {}): string {
  return segment("PV1", {
    1: "1",
    2: "I",
    3: "WARD7^BAY2^BED3^MEADOW",
    7: anXcn(drLindqvist),
    10: "CAR",
    19: "V88120^^^MEADOW^VN",
    44: "20261122210000+0000",
    ...(event === "A03" ? { 45: "20261125100000+0000" } : {}),
    ...fields,
  });
}
