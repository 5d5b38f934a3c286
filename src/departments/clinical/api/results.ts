import { z } from "zod";
import { type CodedText, type FhirTime, type IsoInstant, type Named, pageQuery } from "./page.ts";

/** `panel`: only reports with this code, as `code` or `system|code`. */
export const resultsQuery = pageQuery.extend({ panel: z.string().max(300).optional() });

/** Reports, newest first by the time of the specimen. */
export interface ResultsPage {
  readonly panels: readonly Panel[];
  /** Of the newest 100 results those that belong to no report; on the first page only. */
  readonly unreported: readonly Result[];
  readonly next?: string;
  readonly position: number;
}

/** One report: a DiagnosticReport and its Observations. */
export interface Panel {
  readonly id: string;
  readonly name: CodedText;
  /** `Haematology`, `Microbiology` …, where sent. */
  readonly discipline?: string;
  readonly status: ReportStatus;
  /** When the specimen was taken. */
  readonly taken?: FhirTime;
  /** When the laboratory received it. */
  readonly received?: FhirTime;
  /** When the laboratory reported. */
  readonly reported?: FhirTime;
  readonly specimens: readonly SpecimenView[];
  readonly requester?: Named;
  readonly performers: readonly Named[];
  /** Laboratory's number, then the requester's. */
  readonly accessionNumber?: string;
  readonly orderNumber?: string;
  readonly results: readonly Result[];
  readonly notes: readonly string[];
  readonly conclusion?: string;
  /** Narrative of the report, when it is text and not values. */
  readonly texts: readonly ReportText[];
  readonly attachments: readonly Attachment[];
  /** Gravest abnormal flag among its results that stand, so that it is seen without opening; absent when none is. */
  readonly worst?: Interpretation;
  /** Versions before this one; 0 when it was never changed. */
  readonly earlierVersions: number;
  /** Ids of the LinkMessages it came from, newest first. */
  readonly messages: readonly string[];
  readonly recorded: IsoInstant;
}

/** `text` is what to show; `stands` is false for a result not to be acted on (cancelled, entered in error). */
export interface ReportStatus {
  readonly code: string;
  readonly text: string;
  readonly tone: "preliminary" | "final" | "corrected" | "cancelled";
  readonly stands: boolean;
}

/** One Observation. */
export interface Result {
  readonly id: string;
  readonly name: CodedText;
  readonly value: ResultValue;
  /** `3.5 - 5.3`, with a unit only where it differs from the value's; text as sent where it is text. */
  readonly range?: string;
  readonly rangeLow?: number;
  readonly rangeHigh?: number;
  readonly interpretation?: Interpretation;
  /** Plain arithmetic: the number lies outside the range that was sent, flagged by the laboratory or not. */
  readonly outsideRange?: "above" | "below";
  readonly status: ReportStatus;
  readonly taken?: FhirTime;
  readonly reported?: FhirTime;
  readonly method?: string;
  readonly performers: readonly Named[];
  readonly notes: readonly string[];
  /**
   * What it said before, newest first: for a result that was corrected or taken back. Of any other with a `version`
   * above 1, `/results/:observationId/earlier` tells.
   */
  readonly earlier: readonly EarlierResult[];
  readonly version: number;
  /** Components (blood pressure), members (organism with its sensitivities), in their order. */
  readonly parts: readonly Result[];
  /** A growth in microbiology: its `parts` are sensitivities. */
  readonly organism?: string;
  readonly attachments: readonly Attachment[];
}

/** `text` is always fit to be shown, comparator and unit included; the other fields are for alignment and pictures. */
export interface ResultValue {
  readonly kind: "number" | "coded" | "text" | "range" | "ratio" | "time" | "yes-no" | "attachment" | "absent" | "none";
  /** `<5 mg/L`, `Positive`, `1:80`, `Not performed`. Empty for `none`: a heading whose `parts` hold the values. */
  readonly text: string;
  /** The text without the unit: `<5`. */
  readonly amount?: string;
  readonly number?: number;
  readonly comparator?: "<" | "<=" | ">=" | ">";
  /** As sent. */
  readonly unit?: string;
  /** Several lines whose spaces matter: show in fixed width. */
  readonly laidOut?: boolean;
  /** Machine-readable code, when `coded`. */
  readonly code?: CodedText;
}

/** Shown as letter and words, never by colour alone. */
export interface Interpretation {
  /** `H`, `LL`, `A`, `R` …: as sent. */
  readonly code: string;
  /** `High`. */
  readonly text: string;
  readonly tone: "normal" | "abnormal" | "critical" | "susceptible" | "intermediate" | "resistant" | "unknown";
  readonly direction?: "high" | "low";
}

export interface EarlierResult {
  readonly version: number;
  readonly value: ResultValue;
  readonly status: ReportStatus;
  readonly interpretation?: Interpretation;
  readonly recorded: IsoInstant;
}

/** What one result says and said before, newest first; a version that said the same as the one after is left out. */
export interface EarlierResults {
  readonly result: Result;
  readonly earlier: readonly EarlierResult[];
}

export interface SpecimenView {
  readonly id?: string;
  readonly type: string;
  readonly bodySite?: string;
  readonly collected?: FhirTime;
  readonly received?: FhirTime;
  readonly accessionNumber?: string;
  readonly notes: readonly string[];
}

export interface ReportText {
  readonly title?: string;
  readonly text: string;
  /** Spaces and line ends matter: show in fixed width. */
  readonly laidOut: boolean;
}

export interface Attachment {
  readonly title: string;
  readonly contentType: string;
  /** Path to get the bytes from, or an absolute address outside Corridor. */
  readonly url: string;
  readonly sizeBytes?: number;
  readonly created?: FhirTime;
}
