/**
 * What access says over HTTP of service accounts, under `/api/access`; a part of `api.ts`. All need `tokens.issue`.
 *
 * | Method and path                          | Request             | Reply                 |
 * |------------------------------------------|---------------------|-----------------------|
 * | GET /service-accounts                    |                     | `ServiceAccountsView` |
 * | POST /service-accounts                   | `serviceAccountBody`| `ServiceAccountView`  |
 * | PATCH /service-accounts/:id              | `serviceChangeBody` | `ServiceAccountView`  |
 * | POST /service-accounts/:id/keys          | `keyBody`           | `NewKeyView`          |
 * | DELETE /service-accounts/:id/keys/:key   |                     | 204                   |
 * | DELETE /tokens/:key                      |                     | 204                   |
 */

import { z } from "zod";
import { serviceUses } from "./service-account-use.ts";

const name = z.string().trim().min(1).max(100);
const sentence = z.string().trim().min(1).max(500);
const scope = z.string().trim().min(1).max(2_000);
const id = z.string().min(1).max(64);

export const serviceAccountBody = z.object({
  name,
  use: z.enum(serviceUses),
  purpose: sentence,
  scope,
  ownerId: id.optional(),
  purposeOfUse: z.enum(["HOPERAT", "HRESCH", "PERFMSR"]).optional(),
});
export type ServiceAccountBody = z.infer<typeof serviceAccountBody>;

export const serviceChangeBody = z.object({
  purpose: sentence.optional(),
  scope: scope.optional(),
  ownerId: id.optional(),
  active: z.boolean().optional(),
});

export const keyBody = z.object({ name, days: z.number().int().min(1).max(366) });
export type KeyBody = z.infer<typeof keyBody>;

export interface KeyView {
  /** The hash of its secret: it opens nothing. */
  readonly id: string;
  readonly name: string;
  readonly issued: string;
  readonly expires: string;
  /** Within `limits.serviceKeyTouchMs`; absent: never. */
  readonly lastUsed?: string;
  readonly state: "open" | "ends-soon" | "over" | "ended";
}

export interface ServiceAccountView {
  readonly id: string;
  readonly name: string;
  readonly use: (typeof serviceUses)[number];
  readonly purpose: string;
  readonly scope: string;
  readonly active: boolean;
  /** Source: HL7 v3 PurposeOfUse. */
  readonly purposeOfUse?: string;
  /** `active` is false where the owner has left. */
  readonly owner?: { readonly id: string; readonly display: string; readonly active: boolean };
  readonly keys: readonly KeyView[];
}

export interface ServiceAccountsView {
  readonly accounts: readonly ServiceAccountView[];
  /** Of `corridor token`: they belong to no account. */
  readonly tokens: readonly (KeyView & { readonly scope: string; readonly issuedBy: string })[];
}

export interface NewKeyView {
  /** Shown this once. */
  readonly token: string;
  readonly expires: string;
}

export { serviceUses };
