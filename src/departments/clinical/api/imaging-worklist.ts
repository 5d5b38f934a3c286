import { z } from "zod";
import { type FhirTime, pageQuery } from "./page.ts";

export const stepStates = ["ready", "on-hold", "in-progress", "completed", "failed", "cancelled"] as const;
export type StepState = (typeof stepStates)[number];

/** `state`: steps of this state alone; without it, of every state. */
export const worklistQuery = pageQuery.extend({ state: z.enum(stepStates).optional() });

/** What was ordered of the modalities, changed last first. */
export interface ImagingWorklistPage {
  readonly steps: readonly ImagingStepView[];
  readonly next?: string;
}

export interface ImagingStepView {
  /** Of the ServiceRequest. */
  readonly order: string;
  readonly state: StepState;
  readonly patientId: string;
  /** Family name first, as modalities show it; empty for a patient who is not there. */
  readonly patientName: string;
  readonly accession: string;
  readonly studyUid: string;
  readonly description: string;
  readonly modality: string;
  /** AE title of the room; empty where no rule gives one. */
  readonly stationAe: string;
  readonly priority: "routine" | "urgent" | "asap" | "stat";
  readonly plannedAt: FhirTime;
  readonly begunAt?: FhirTime;
  readonly endedAt?: FhirTime;
  /** Why it was broken off. */
  readonly why?: string;
}
