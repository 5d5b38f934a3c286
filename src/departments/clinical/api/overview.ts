import type { PatientRow } from "./banner.ts";
import type { LinkCounts } from "./links.ts";
import type { MessageRow } from "./messages.ts";
import type { IsoInstant } from "./page.ts";
import type { Interpretation, Panel } from "./results.ts";

/** The home page. A part is absent when its reader may not see it; with a cursor there is only the next page of `results`. */
export interface Overview {
  readonly at: IsoInstant;
  readonly position: number;
  /** With `messages.read`: what needs a person now. */
  readonly links?: LinksOverview;
  /** With `chart.open`: results that came into the record in the last 24 hours. */
  readonly results?: ResultsOverview;
}

export interface LinksOverview {
  readonly held: number;
  readonly rejected: number;
  /** Held messages of which a release waits for a second person. */
  readonly proposed: number;
  /** Deliveries that a destination will not have without a person; 0 for those who may not see deliveries. */
  readonly parked: number;
  /** Alerts of the links that are open, and those of them that nobody has acknowledged; 0 for those who may not see them. */
  readonly alerts: number;
  readonly unacknowledged: number;
  readonly today: LinkCounts;
  /** The newest held and rejected messages, at most 20. */
  readonly newest: readonly MessageRow[];
}

export interface ResultsOverview {
  /** Start of the 24 hours. */
  readonly since: IsoInstant;
  /** Reports that laboratories issued since then. */
  readonly reports: number;
  /** Patients in the hospital now: open inpatient stays. */
  readonly inpatients: number;
  /** Recorded or changed since then, the last first. */
  readonly arrived: readonly ArrivedReport[];
  readonly next?: string;
}

export interface ArrivedReport {
  readonly report: Pick<Panel, "id" | "name" | "status" | "taken" | "reported" | "recorded">;
  readonly patient: PatientRow;
  readonly results: number;
  readonly abnormal: number;
  readonly worst?: Interpretation;
}
