import { z } from "zod";
import { type CodedText, type FhirTime, pageQuery } from "./page.ts";
import type { Interpretation, ReportStatus } from "./results.ts";

export const timelineKinds = ["appointment", "encounter", "order", "report", "document"] as const;
export type TimelineKind = (typeof timelineKinds)[number];

/** `kind`: entries of this kind alone; a `cursor` belongs to the kind that it was given with. */
export const timelineQuery = pageQuery.extend({ kind: z.enum(timelineKinds).optional() });

/** What happened, newest first. */
export interface TimelinePage {
  readonly entries: readonly TimelineEntry[];
  readonly next?: string;
  readonly position: number;
}

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
