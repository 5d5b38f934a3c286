/**
 * What stands behind `/api/access` about who cares for whom.
 *
 * | Method and path           | Request             | Reply               | Policy           |
 * |---------------------------|---------------------|---------------------|------------------|
 * | POST /relationships       | `claimBody`         | `RelationshipView`  | `chart.open`     |
 * | POST /break-glass         | `breakGlassBody`    | `RelationshipView`  | `chart.open`     |
 * | GET /reviews              | `reviewsQuery`      | `ReviewsView`       | `reviews.decide` |
 * | PATCH /reviews/:id        | `reviewBody`        | `RelationshipView`  | `reviews.decide` |
 *
 * Codes a page may want to tell apart: `patient-unknown`, `record-sealed` (break the glass), `own-review`,
 * `already-reviewed`, `version-conflict`.
 */
import { z } from "zod";
import { limits } from "#kernel";

const patient = z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/);

export const claimReasons = {
  "on-call": "I am on call, or covering",
  "new-referral": "The patient was referred or handed over to me",
  "in-clinic": "The patient is in my clinic, or on my list",
  advice: "A colleague asked me for advice",
  other: "Something else",
} as const;

export const glassReasons = {
  emergency: "Emergency: the patient's life or health is in danger",
  "public-interest": "To protect others from serious harm",
  "patient-asks": "The patient asked me to look",
  "legal-duty": "The law or a court requires it",
  other: "Something else",
} as const;

export const claimBody = z.object({
  patient,
  reason: z.object({
    code: z.enum(Object.keys(claimReasons) as [keyof typeof claimReasons]),
    text: z.string().trim().max(2_000),
  }),
  hours: z.number().int().min(1).max(limits.claimHoursMax).optional(),
});
export type ClaimBody = Readonly<z.infer<typeof claimBody>>;

export const breakGlassBody = z.object({
  patient,
  reason: z.object({
    code: z.enum(Object.keys(glassReasons) as [keyof typeof glassReasons]),
    /** In the person's own words; the privacy officer reads it. */
    text: z.string().trim().min(10).max(2_000),
  }),
  hours: z.number().int().min(1).max(limits.breakGlassHoursMax).optional(),
});
export type BreakGlassBody = Readonly<z.infer<typeof breakGlassBody>>;

export const reviewsQuery = z.object({
  state: z.enum(["open", "done"]).optional(),
  cursor: z.string().max(200).optional(),
});

export const reviewOutcomes = {
  appropriate: "Appropriate",
  "needs-inquiry": "Needs inquiry",
  breach: "Breach",
} as const;

export const reviewBody = z.object({
  outcome: z.enum(Object.keys(reviewOutcomes) as [keyof typeof reviewOutcomes]),
  note: z.string().trim().max(2_000),
  version: z.number().int(),
});
export type ReviewBody = Readonly<z.infer<typeof reviewBody>>;

export interface RelationshipView {
  readonly id: string;
  readonly version: number;
  readonly basis: "claimed" | "break-glass" | "registered";
  readonly actor: string;
  readonly actorName: string;
  /** `Patient/1` */
  readonly patient: string;
  readonly reason: { readonly code: string; readonly title: string; readonly text: string };
  readonly from: string;
  readonly until: string;
  /** Whether the caller is the one whose access it is: then somebody else reviews it. */
  readonly isOwn: boolean;
  readonly review?: {
    readonly state: "open" | "done";
    readonly weight: number;
    readonly outcome?: keyof typeof reviewOutcomes;
    readonly note?: string;
    readonly byName?: string;
    readonly at?: string;
  };
}

export interface ReviewsView {
  /** The most urgent first; of equal ones, the oldest. */
  readonly reviews: readonly RelationshipView[];
  readonly next?: string;
}
