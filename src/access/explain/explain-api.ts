/**
 * What stands behind `/api/access` about who may see what, and why.
 *
 * | Method and path     | Request        | Reply             | Policy           |
 * |---------------------|----------------|-------------------|------------------|
 * | GET /policy-table   |                | `PolicyTableView` | `access.explain` |
 * | GET /explanation    | `explainQuery` | `ExplanationView` | `access.explain` |
 *
 * Codes a page may want to tell apart: `user-unknown`, `not-found`.
 */
import { z } from "zod";

/** `read` is of one document, `search` and `history` of what is found or listed. */
export const explainedActions = ["read", "search", "history", "update", "delete"] as const;
export type ExplainedAction = (typeof explainedActions)[number];

export const explainQuery = z.object({
  username: z.string().trim().min(1).max(200),
  action: z.enum(explainedActions),
  /** `Observation/1`, or a patient: `Patient/1`. */
  document: z.string().regex(/^[A-Z][A-Za-z]{1,63}\/[A-Za-z0-9\-.]{1,64}$/),
});
export type ExplainQuery = Readonly<z.infer<typeof explainQuery>>;

/** Whose documents of a family somebody reaches by their role. */
export type ReachWord = "all" | "cared-for" | "nobody";

export interface PolicyRow {
  readonly name: string;
  readonly title: string;
  readonly kinds: readonly string[];
  /** In the order of `PolicyTableView.actions`. */
  readonly reach: readonly ReachWord[];
}

export interface PolicyTableView {
  readonly actions: readonly string[];
  readonly roles: readonly {
    readonly name: string;
    readonly title: string;
    /** Whose documents, and why, in a sentence. */
    readonly why: string;
    readonly seesRestricted: boolean;
    readonly seesSealed: boolean;
    readonly rows: readonly PolicyRow[];
  }[];
  readonly restrictedLabels: readonly string[];
  readonly sealedLabels: readonly string[];
}

/** One rule that was asked. */
export interface ExplanationStep {
  readonly rule: string;
  /** `silent`: it has nothing to say about this. */
  readonly says: "allows" | "denies" | "silent";
  readonly reasons: readonly ExplanationReason[];
}

export interface ExplanationReason {
  readonly text: string;
  /** The document that it rests on: `Consent/1`, `Encounter/1`. */
  readonly by?: string;
}

export interface ExplanationView {
  readonly allowed: boolean;
  /** The rule that decides: the first that denies, or the policy that allows. */
  readonly decidedBy: string;
  readonly user: { readonly reference: string; readonly display: string; readonly roles: readonly string[] };
  readonly action: ExplainedAction;
  readonly document: string;
  readonly patients: readonly string[];
  readonly steps: readonly ExplanationStep[];
}
