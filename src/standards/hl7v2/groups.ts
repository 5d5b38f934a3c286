import type { Problem } from "#kernel";
import type { Segment } from "./segment.ts";

/**
 * The groups of messages that carry results and orders, and of those that carry admissions. Senders leave segments
 * out, repeat them and shuffle them, so the groups are what a reader of the message would make of it, not what the
 * grammar demands. Every segment of the message is in exactly one place: a named one, `others` of the group it stands
 * in, or `unplaced`.
 * Source: HL7 v2.5.1 §7.3.1 (ORU), §7.3.6 (OUL^R22), §4.4.1 (ORM), §4.4.6 (OML), §3.3 (ADT).
 */
export interface OrderMessage extends GroupedMessage {
  /** PATIENT_RESULT of ORU; in ORM and OML there is one, and behind it those of prior results. */
  readonly patients: readonly PatientGroup[];
}

export interface AdmissionMessage extends GroupedMessage {
  readonly event: Segment | undefined; // EVN
  /** One, but for merges and swaps. */
  readonly patients: readonly AdmittedPatient[];
}

export interface GroupedMessage {
  /** MSH, and SFT, UAC, MSA and whatever else comes before the first patient. */
  readonly envelope: readonly Segment[];
  /** Lines that are no segments, and everything from a second MSH on. */
  readonly unplaced: readonly Segment[];
  /** `segment-repeated`, `segment-out-of-order`, `segment-missing`, `segment-unplaced`, `specimen-before-results`. */
  readonly problems: readonly Problem[];
}

export interface PatientGroup {
  readonly patient: Segment | undefined; // PID
  readonly demographics: Segment | undefined; // PD1
  readonly visit: Segment | undefined; // PV1
  readonly visitAdditional: Segment | undefined; // PV2
  readonly notes: readonly Segment[]; // NTE
  readonly nextOfKin: readonly Segment[]; // NK1
  readonly allergies: readonly Segment[]; // AL1
  readonly insurance: readonly Segment[]; // IN1, IN2, IN3, GT1
  /** OBX before any order. */
  readonly observations: readonly ObservationGroup[];
  readonly orders: readonly OrderGroup[];
  /** SPECIMEN of OUL, each with its orders; none in other messages, whose specimens stand in their orders. */
  readonly specimens: readonly SpecimenGroup[];
  readonly others: readonly Segment[];
  /** Whether these are earlier results that an order (OML) brings along. */
  readonly isPrior: boolean;
}

/** ORDER_OBSERVATION of ORU, ORDER of ORM and OML. */
export interface OrderGroup {
  readonly order: Segment | undefined; // ORC
  readonly request: Segment | undefined; // OBR, or RXO, RQD, RQ1, ODS, ODT in ORM
  readonly notes: readonly Segment[]; // NTE
  readonly timings: readonly Segment[]; // TQ1, TQ2
  readonly diagnoses: readonly Segment[]; // DG1
  readonly observations: readonly ObservationGroup[];
  readonly specimens: readonly SpecimenGroup[];
  readonly others: readonly Segment[]; // CTD, FT1, CTI, PRT and local ones
}

export interface ObservationGroup {
  readonly observation: Segment; // OBX
  readonly notes: readonly Segment[]; // NTE
  readonly others: readonly Segment[]; // PRT, TCD and local ones
}

export interface SpecimenGroup {
  readonly specimen: Segment; // SPM
  /** OBX that tell of the specimen and not of the patient. */
  readonly observations: readonly ObservationGroup[];
  readonly containers: readonly Segment[]; // SAC
  /** In OUL, what was asked of the specimen. */
  readonly orders: readonly OrderGroup[];
  readonly notes: readonly Segment[]; // NTE
  readonly others: readonly Segment[];
}

export interface AdmittedPatient {
  readonly patient: Segment | undefined; // PID
  readonly demographics: Segment | undefined; // PD1
  readonly visit: Segment | undefined; // PV1
  readonly visitAdditional: Segment | undefined; // PV2
  readonly nextOfKin: readonly Segment[]; // NK1
  readonly observations: readonly Segment[]; // OBX
  readonly allergies: readonly Segment[]; // AL1, IAM
  readonly diagnoses: readonly Segment[]; // DG1
  readonly procedures: readonly Segment[]; // PR1
  readonly insurance: readonly Segment[]; // IN1, IN2, IN3, GT1
  readonly notes: readonly Segment[]; // NTE
  /** What this patient takes over: the numbers that cease (MRG), and the visit they were of (PV1). */
  readonly merges: readonly MergeGroup[];
  readonly others: readonly Segment[]; // ROL, PRT, DB1, ACC, UB1 and local ones
}

export interface MergeGroup {
  readonly merge: Segment; // MRG
  readonly visit: Segment | undefined; // PV1
}
