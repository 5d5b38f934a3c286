import { z } from "zod";
import { type IsoInstant, pageQuery } from "./page.ts";

export const codeStates = ["open", "proposed", "approved", "mapped", "aside"] as const;
export const codeFields = ["OBR-4", "OBX-3", "OBX-5", "OBX-6"] as const;

export const codesQuery = pageQuery.extend({
  /** `PATHLAB|MEADOWLAB`. */
  sender: z.string().max(200).optional(),
  field: z.enum(codeFields).optional(),
  state: z.enum(codeStates).optional(),
});

const comment = z.string().trim().min(3).max(2_000);

/** Without `target`: there is no other code for it. */
export const proposalBody = z.object({
  comment,
  target: z
    .object({
      system: z.string().min(1).max(200),
      code: z.string().min(1).max(200),
      display: z.string().min(1).max(500).optional(),
    })
    .optional(),
});
export const answerBody = z.object({ comment });

export const coverageQuery = z.object({
  sender: z.string().max(200).optional(),
  /** Days, both included: `2026-11-23`. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
});

/** Codes and units that no map knew, the most frequent first. */
export interface CodesPage {
  readonly codes: readonly CodeView[];
  readonly next?: string;
}

export interface CodeView {
  readonly id: string;
  readonly sender: string;
  readonly field: (typeof codeFields)[number];
  readonly system: string;
  readonly code: string;
  readonly text?: string;
  /** Units that its results had. */
  readonly units: readonly string[];
  readonly state: (typeof codeStates)[number];
  readonly count: number;
  readonly firstSeenAt: IsoInstant;
  readonly lastSeenAt: IsoInstant;
  /** Ids of messages. */
  readonly examples: readonly string[];
  readonly proposal?: CodeDecisionView & { readonly target?: TargetCode };
  readonly decision?: CodeDecisionView;
  readonly applied?: { readonly released: number; readonly recoded: number };
}

export interface CodeDecisionView {
  readonly by: string;
  readonly display: string;
  readonly at: IsoInstant;
  readonly comment: string;
}

export interface TargetCode {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
}

/** The best first. */
export interface SuggestionsView {
  readonly suggestions: readonly (TargetCode & { readonly why: string })[];
}

export interface CoverageView {
  readonly senders: readonly SenderCoverage[];
}

export interface SenderCoverage {
  readonly sender: string;
  readonly results: number;
  readonly coded: number;
  /** coded / results, of 1. */
  readonly share: number;
  /** As the results arrived, oldest first. */
  readonly days: readonly { readonly day: string; readonly results: number; readonly coded: number }[];
}
