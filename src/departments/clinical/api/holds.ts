import { z } from "zod";
import type { MessageRow, MessageState } from "./messages.ts";
import { type IsoInstant, pageQuery } from "./page.ts";

export const holdsQuery = pageQuery.extend({
  /** A code of docs/operate/gates.md: `identity-conflict`. */
  reason: z.string().max(100).optional(),
  link: z.string().max(100).optional(),
  /** Only those of which a release waits for a second person. */
  proposed: z.literal("true").optional(),
});

const comment = z.string().trim().min(3).max(2_000);

/** `patient`: id of the Patient that it is released to; left out: whoever its numbers say. */
export const releaseBody = z.object({ comment, patient: z.string().min(1).max(64).optional() });
export const decisionBody = z.object({ comment });

/** Messages that wait for people, oldest first. */
export interface HoldsPage {
  readonly holds: readonly HoldView[];
  readonly next?: string;
  /** How many there are of each reason that any has, over all links. */
  readonly reasons: readonly { readonly code: string; readonly title: string; readonly count: number }[];
  /** Of how many a release waits for a second person, over all links. */
  readonly proposed: number;
  /** Give it to `/messages/live?after=` so that no change is missed. */
  readonly position: number;
}

export interface HoldView extends MessageRow {
  /** Minutes since it arrived. */
  readonly ageMinutes: number;
  /** What may be done with it besides rejecting it. */
  readonly release: { readonly asIs: boolean; readonly toPatient: boolean; readonly people: 1 | 2 };
  /** A release that waits for a second person. */
  readonly proposal?: DecisionView;
  readonly decisions: readonly DecisionView[];
}

/** One message with the others of its orders that are held. It may have been decided on meanwhile: `state` says so. */
export interface HeldMessageView extends HoldView {
  /** Held, and came before it: these are decided on first. Oldest first. */
  readonly earlier: readonly MessageRow[];
  /** Held, and came after it: these follow in their order once it is decided on. */
  readonly later: readonly MessageRow[];
}

export interface DecisionView {
  readonly action: "release" | "confirm" | "reject";
  readonly by: string;
  readonly display: string;
  readonly at: IsoInstant;
  readonly comment: string;
  readonly patient?: string;
}

/** What a decision came to. */
export interface DecidedView {
  readonly id: string;
  readonly state: MessageState;
  readonly stateText: string;
  /** Somebody else has to confirm it. */
  readonly waitsForSecond: boolean;
  /** Messages behind it that went on too, in their order. */
  readonly released: readonly string[];
}
