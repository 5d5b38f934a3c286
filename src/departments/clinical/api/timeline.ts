import type { CodedText, FhirTime } from "./page.ts";
import type { Interpretation, ReportStatus } from "./results.ts";

/** What happened, newest first. */
export interface TimelinePage {
  readonly entries: readonly TimelineEntry[];
  readonly next?: string;
  readonly position: number;
}

export const timelineKinds = ["encounter", "order", "report", "document"] as const;
export type TimelineKind = (typeof timelineKinds)[number];

export interface TimelineEntry {
  readonly kind: TimelineKind;
  readonly id: string;
  /** `Full blood count`, `Inpatient stay, Ward 7`. */
  readonly title: string;
  /** One line: `3 of 12 abnormal`, `Requested by Dr Lindqvist`. Empty when there is nothing to say. */
  readonly summary: string;
  readonly time?: FhirTime;
  readonly end?: FhirTime;
  readonly status: ReportStatus;
  readonly category?: CodedText;
  readonly worst?: Interpretation;
  /** What to open for it. */
  readonly open?: TimelineLink;
}

export type TimelineLink =
  | { readonly is: "report"; readonly id: string }
  | { readonly is: "attachment"; readonly url: string; readonly contentType: string; readonly title: string };
