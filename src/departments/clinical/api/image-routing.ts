import { z } from "zod";

const words = z.array(z.string().trim().min(1).max(64)).max(50).default([]);

/** When studies go where. Empty lists ask for nothing. */
export const imageRouteBody = z.strictObject({
  description: z.string().trim().max(200).default(""),
  isOn: z.boolean().default(true),
  /** Received: when a study has come. Admitted, booked: when its patient is, for what is there already. */
  trigger: z.enum(["received", "admitted", "booked"]).default("received"),
  /** AE titles or accounts that sent it. */
  sources: words,
  modalities: words,
  bodyParts: words,
  /** Parts of the study's description. */
  descriptions: words,
  /** Hours of the day in which it goes, `18:00` to `07:30`; at other times it does not. */
  hours: z.strictObject({ from: z.string().regex(/^\d\d:\d\d$/), to: z.string().regex(/^\d\d:\d\d$/) }).optional(),
  /** Names of nodes. */
  to: z.array(z.string().min(1).max(40)).min(1, "Say where it goes.").max(20),
  /** How it is written on the way; left out, as it is. */
  transferSyntax: z.string().max(64).optional(),
  /** So many earlier studies of the patient go along. */
  priors: z.strictObject({ count: z.int().min(1).max(20), sameModality: z.boolean().default(true) }).optional(),
});

export type ImageRouteBody = z.infer<typeof imageRouteBody>;

export const sendBody = z.strictObject({
  node: z.string().min(1).max(40),
  transferSyntax: z.string().max(64).optional(),
  reason: z.string().trim().max(500).default(""),
});

export const sendsQuery = z.strictObject({
  state: z.enum(["waiting", "sent", "parked", "cancelled"]).default("waiting"),
  cursor: z.string().max(200).optional(),
});

export const sendStates = ["waiting", "sent", "parked", "cancelled"] as const;

export interface ImageSendView {
  readonly id: string;
  readonly study: string;
  readonly node: string;
  readonly state: (typeof sendStates)[number];
  readonly why: string;
  readonly sent: number;
  readonly failed: number;
  readonly total: number;
  readonly attempts: number;
  readonly nextAt: string;
  readonly reason?: string;
  readonly commitment: "not-asked" | "asked" | "given" | "refused";
}

export interface ImageSendsPage {
  readonly sends: readonly ImageSendView[];
  readonly waiting: number;
  readonly parked: number;
  readonly next?: string;
}

export interface ImageRouteView extends ImageRouteBody {
  readonly id: string;
}

/** What a rule makes of a study. */
export interface RouteTrialView {
  readonly rule: string;
  readonly goesTo: readonly string[];
  /** Why it goes nowhere by this rule, in plain words. */
  readonly because?: string;
}
