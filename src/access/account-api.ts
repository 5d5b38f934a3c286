/**
 * What access says over HTTP of second factors and sessions, under `/api/access`; a part of `api.ts`.
 *
 * | Method and path                | Request           | Reply              | Policy  |
 * |--------------------------------|-------------------|--------------------|---------|
 * | POST /sign-in/second           | `secondStepBody`  | `Me`, cookie       | public  |
 * | POST /sign-in/passkey/offer    |                   | `PasskeyOfferView` | public  |
 * | POST /sign-in/passkey          | `passkeySignInBody` | `Me`, cookie     | public  |
 * | GET /account                   |                   | `AccountView`      | account |
 * | POST /account/proof            | `proofBody`       | 204                | account |
 * | POST /account/totp             |                   | `TotpOfferView`    | account |
 * | POST /account/totp/confirm     | `totpConfirmBody` | `SetUpView`, cookie| account |
 * | DELETE /account/totp           |                   | 204                | account |
 * | POST /account/passkeys/offer   |                   | `PasskeyOfferView` | account |
 * | POST /account/passkeys         | `newPasskeyBody`  | `SetUpView`, cookie| account |
 * | DELETE /account/passkeys/:passkey |                | 204                | account |
 * | POST /account/recovery-codes   |                   | `SetUpView`        | account |
 * | GET /account/sessions          |                   | `SessionView[]`    | account |
 * | DELETE /account/sessions       | all but this one  | 204                | account |
 * | DELETE /account/sessions/:session |                | 204                | account |
 * | GET /account/notices           |                   | `NoticeView[]`     | account |
 * | POST /account/notices/seen     |                   | 204                | account |
 * | GET /users/:id/sign-in         |                   | `PersonSignInView` | `users.manage` |
 * | DELETE /users/:id/sessions     | all of them       | 204                | `users.manage` |
 * | DELETE /users/:id/sessions/:session |              | 204                | `users.manage` |
 * | POST /users/:id/second-factor-reset | `resetBody`  | 204                | `users.manage` |
 *
 * What changes how somebody signs in is refused with `proof-needed` when they have not shown for a while who they are.
 * Further codes: `second-factor-failed`, `second-factor-late`, `second-factor-locked`, `second-factor-required`,
 * `passkey-failed`, `passkey-wrong`, `too-many-passkeys`, `code-wrong`, `set-up-late`, `last-second-factor`,
 * `no-second-factor`, `identity-key-changed`.
 */

import { z } from "zod";
import { limits } from "#kernel";

const ticket = z.string().min(1).max(4_000);

/** As the browser gives it; its parts are checked with its signature. */
const passkey = z.looseObject({ id: z.string().min(1).max(2_000) });

export const secondStepBody = z.union([
  z.object({ ticket, code: z.string().max(20) }),
  z.object({ ticket, recoveryCode: z.string().max(60) }),
  z.object({ ticket, passkey }),
]);
export type SecondStepBody = z.infer<typeof secondStepBody>;

export const passkeySignInBody = z.object({ ticket, passkey });

export const proofBody = z.object({
  password: z
    .string()
    .min(1)
    .max(2 * limits.passwordLengthMax),
});
export const totpConfirmBody = z.object({ ticket, code: z.string().min(1).max(20) });
export const newPasskeyBody = z.object({ ticket, name: z.string().trim().min(1).max(60), passkey });
export const resetBody = z.object({ reason: z.string().trim().min(1).max(300) });

/** What a sign-in still needs, after a right password. */
export interface SecondStepView {
  readonly next: "second-factor";
  readonly ticket: string;
  readonly methods: readonly ("code" | "passkey" | "recovery-code")[];
  /** For the browser's part in it; present with the method `passkey`. */
  readonly passkeyOptions?: object;
}

export interface PasskeyOfferView {
  readonly ticket: string;
  readonly options: object;
}

export interface TotpOfferView {
  readonly ticket: string;
  readonly secret: string;
  /** For the picture that the app reads. */
  readonly uri: string;
}

/** Codes to keep, shown this once; absent where there were some before. */
export interface SetUpView {
  readonly recoveryCodes?: readonly string[];
}

export interface PasskeyView {
  readonly id: string;
  readonly name: string;
  /** It works where Corridor is opened by this name. */
  readonly rpId: string;
  readonly created: string;
  readonly lastUsed?: string;
}

export interface FactorsView {
  readonly totpSince?: string;
  readonly passkeys: readonly PasskeyView[];
  readonly recoveryCodesLeft: number;
}

export interface AccountView extends FactorsView {
  readonly username: string;
  readonly display: string;
  /** Whether one of the person's roles needs a second factor. */
  readonly secondFactorRequired: boolean;
  /** False for an account that only the hospital's sign-in or a passkey opens. */
  readonly hasPassword: boolean;
  /** Present while the hospital's own sign-in opens the account. */
  readonly outside?: { readonly issuer: string; readonly since: string };
}

export interface SessionView {
  readonly id: string;
  readonly begun: string;
  /** Within `limits.sessionTouchMs`. */
  readonly lastUsed: string;
  readonly method: string;
  readonly address?: string;
  readonly browser?: string;
  readonly isThis: boolean;
}

/** What people are told of that was done to how they sign in. */
export const noticeSubjects = [
  "password-changed",
  "password-link",
  "password-locked",
  "app-set-up",
  "app-removed",
  "passkey-set-up",
  "passkey-removed",
  "recovery-codes-renewed",
  "recovery-code-used",
  "code-used-twice",
  "second-factor-locked",
  "second-factor-reset",
] as const;

export interface NoticeView {
  readonly id: string;
  readonly what: (typeof noticeSubjects)[number];
  readonly at: string;
  /** An administrator did it. */
  readonly byAnother?: true | undefined;
  readonly address?: string | undefined;
  readonly browser?: string | undefined;
}

/** How a person signs in and where they are signed in, for an administrator. */
export interface PersonSignInView extends FactorsView {
  readonly sessions: readonly SessionView[];
}
