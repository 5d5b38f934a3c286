import { z } from "zod";
import type { DuplicatePolicy } from "#imaging";
import type { StudyMarkName } from "./image-retention.ts";

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

const uid = z.string().regex(/^[0-9.]{1,64}$/, "A UID is digits and full stops, 64 at most.");

/** A series of the study, or an object of it; left out, all of the study. */
const part = { series: uid.optional(), instance: uid.optional() };

const codes = Object.keys(rejectionReasons) as [RejectionCode, ...RejectionCode[]];

export const hidingBody = z.strictObject({
  ...part,
  code: z.enum(codes),
  reason,
});

export const restoringBody = z.strictObject({ ...part, reason });

/** Written down here so that a browser need not load the archive. */
export const duplicateChoices = [
  "keep-both",
  "keep-first",
  "keep-newest",
  "refuse",
] as const satisfies readonly DuplicatePolicy[];

/** What holds for the whole archive. */
export const archivePolicyBody = z.strictObject({
  /** What becomes of another object under a UID that is there, where its node does not say otherwise. */
  duplicates: z.enum(duplicateChoices).default("keep-both"),
  /** Rejection notes of these reasons hide what they name; others are kept as documents, and change nothing. */
  hideFor: z.array(z.enum(codes)).max(codes.length).default(codes),
});

export type ArchivePolicyBody = z.infer<typeof archivePolicyBody>;

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

/** Objects of one series that are hidden. */
export interface HiddenView {
  readonly study: string;
  readonly series: string;
  /** Where it is one object alone. */
  readonly instance?: string;
  readonly code: RejectionCode;
  readonly objects: number;
  /** Of the same series, that are shown. */
  readonly shown: number;
  readonly sizeBytes: number;
  readonly modality: string;
  readonly seriesDescription: string;
  readonly studyDescription: string;
  readonly date: string;
  readonly name: string;
  readonly patientId: string;
  /** The newest decision to hide something of the study. */
  readonly decision?: { readonly by: string; readonly at: string; readonly reason: string };
}

export interface HiddenPage {
  readonly hidden: readonly HiddenView[];
}

/** What was done with a study. */
export interface StudyEventView {
  readonly is: "received" | "corrected" | "filed" | "moved" | "hidden" | "restored" | "replaced" | "kept" | "let-go";
  readonly at: string;
  readonly by: string;
  /** What of the study it was about, in words; empty for all of it. */
  readonly part: string;
  readonly reason?: string;
  readonly changes: readonly { readonly what: string; readonly before: string; readonly after: string }[];
}

export interface KeptSeriesView {
  readonly uid: string;
  readonly modality: string;
  readonly number?: number;
  readonly description: string;
  readonly shown: number;
  readonly hidden: number;
}

/** All that the archive knows of a study. */
export interface StudyHistoryPage {
  readonly study: Omit<KeptStudyView, "candidates">;
  /** Why it is kept whatever the rules say. */
  readonly mark?: { readonly is: StudyMarkName; readonly by: string; readonly at: string; readonly reason: string };
  /** Whom it is filed under. */
  readonly patient?: { readonly id: string; readonly display: string };
  readonly series: readonly KeptSeriesView[];
  /** Newest first. */
  readonly events: readonly StudyEventView[];
}

export interface ArrivalFigureView {
  readonly studies: number;
  readonly objects: number;
  readonly sizeBytes: number;
}

/** What came today, by the hospital's clock, and whether all that is kept was whole when somebody last looked. */
export interface ArrivalsView {
  readonly day: string;
  readonly total: ArrivalFigureView;
  /** By the hour of the day, 0 to 23. */
  readonly hours: readonly (ArrivalFigureView & { readonly hour: number })[];
  readonly modalities: readonly (ArrivalFigureView & { readonly modality: string })[];
  /** By node, or account. */
  readonly sources: readonly (ArrivalFigureView & { readonly source: string })[];
  /** What was not taken. */
  readonly refusals: readonly {
    readonly source: string;
    readonly code: string;
    readonly message: string;
    readonly count: number;
    readonly at: string;
  }[];
  /** The last `corridor verify`; absent where there was none. */
  readonly check?: {
    readonly at: string;
    readonly tookMs: number;
    readonly objects: number;
    readonly problemCount: number;
    /** Some of them. */
    readonly problems: readonly { readonly code: string; readonly message: string; readonly where?: string }[];
  };
}
