import { z } from "zod";

const reason = z.string().trim().min(3, "Say why, in a few words.").max(500);

/** Whom a study that waits is about. */
export const filingBody = z.strictObject({ patientId: z.string().min(1).max(64), reason });

/** Attributes by keyword as they are to be shown; null shows one as it was received. */
export const editBody = z.strictObject({
  attributes: z.record(z.string().max(64), z.string().max(1_024).nullable()),
  reason,
});

/** Source: PS3.16 CID 7011, the reasons for rejecting an object. */
export const rejectionReasons = {
  "113001": "Rejected for Quality Reasons",
  "113037": "Rejected for Patient Safety Reasons",
  "113038": "Incorrect Modality Worklist Entry",
  "113039": "Data Retention Policy Expired",
} as const;

export type RejectionCode = keyof typeof rejectionReasons;

export const rejectionBody = z.strictObject({
  code: z.enum(Object.keys(rejectionReasons) as [RejectionCode, ...RejectionCode[]]),
  reason,
});

export const decisionReasonBody = z.strictObject({ reason });

export const waitingQuery = z.strictObject({
  state: z.enum(["unmatched", "conflicting"]).default("unmatched"),
  cursor: z.string().max(200).optional(),
});

/** A study that waits for a person, or that somebody looks after. */
export interface KeptStudyView {
  readonly uid: string;
  readonly state: string;
  /** Why it is conflicting, in words. */
  readonly conflictText?: string;
  readonly patientId: string;
  readonly issuer: string;
  readonly name: string;
  readonly birthDate: string;
  readonly sex: string;
  readonly accession: string;
  readonly date: string;
  readonly description: string;
  readonly modalities: readonly string[];
  readonly series: number;
  readonly instances: number;
  /** Patients of the record that it might be about. */
  readonly candidates: readonly CandidateView[];
}

/** A patient of the record, to be held beside what a study says. */
export interface CandidateView {
  readonly id: string;
  /** `OSEI, Adwoa`. */
  readonly display: string;
  /** `1961-03-12`; empty where it is not known. */
  readonly birthDate: string;
  /** As DICOM has it: F, M or O; empty where it is not known. Source: PS3.3 C.2.3. */
  readonly sex: string;
  /** Every number that the record knows the patient by. */
  readonly numbers: readonly string[];
}

export interface WaitingStudiesPage {
  readonly studies: readonly KeptStudyView[];
  readonly unmatched: number;
  readonly conflicting: number;
  readonly keptAside: number;
  readonly next?: string;
}

export interface TwinView {
  readonly id: string;
  readonly instance: string;
  readonly why: string;
  readonly source: string;
  readonly at: string;
  readonly sizeBytes: number;
}

export interface StorageView {
  /** By month and modality. */
  readonly figures: readonly {
    readonly month: string;
    readonly modality: string;
    readonly studies: number;
    readonly instances: number;
    readonly sizeBytes: number;
  }[];
  readonly totalBytes: number;
  /** Free on the disk that holds the objects; undefined for storage that does not say. */
  readonly freeBytes?: number;
  /** Bytes a day over the last 90 days, and the day on which the disk would be full at that rate. */
  readonly bytesADay: number;
  readonly fullOn?: string;
}

export interface EditView {
  readonly attributes: Readonly<Record<string, string | null>>;
  readonly reason: string;
  readonly by: string;
  readonly at: string;
}
