/**
 * What access says over HTTP of patients' Consents, under `/api/access`; a part of `api.ts`.
 *
 * | Method and path                          | Request         | Reply               | Policy       |
 * |------------------------------------------|-----------------|---------------------|--------------|
 * | GET /patients/:id/consents               |                 | `ConsentsView`      | `chart.open` |
 * | POST /patients/:id/consents/preview      | `consentChoice` | `ConsentEffectView[]` | `chart.open` |
 * | POST /patients/:id/consents              | `consentChoice` | `ConsentsView`      | `chart.open` |
 * | POST /patients/:id/consents/:consent/end |                 | `ConsentsView`      | `chart.open` |
 *
 * Besides, the caller's roles must let them read, create or change Consents.
 */

import { z } from "zod";

/** What of a record a patient may speak of on the page; each is a few kinds of documents. */
export const consentSubjects = [
  "everything",
  "results",
  "documents",
  "problems",
  "medicines",
  "images",
  "visits",
] as const;
export type ConsentSubject = (typeof consentSubjects)[number];

export const consentChoice = z.object({
  decision: z.enum(["deny", "permit"]),
  /** Names of roles; empty for everybody. */
  roles: z.array(z.string().max(64)).max(32),
  subject: z.enum(consentSubjects),
  /** The last day on which it holds; left out, until it is taken back. */
  until: z.iso.date().optional(),
});
export type ConsentChoice = Readonly<z.infer<typeof consentChoice>>;

export interface ConsentsView {
  readonly statements: readonly ConsentStatementView[];
}

/** One Consent in plain words. */
export interface ConsentStatementView {
  readonly id: string;
  /** Whether it counts: `active` alone does. */
  readonly status: string;
  /** When it was given, as written. */
  readonly given?: string;
  readonly sentences: readonly string[];
}

/** What one role would no longer see: how many documents of each kind, of how many. */
export interface ConsentEffectView {
  readonly role: string;
  readonly closed: readonly { readonly kind: string; readonly count: number; readonly of: number }[];
}
