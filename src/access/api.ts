/**
 * What access says over HTTP, under `/api/access`. Types describe the JSON of each reply; the schemas check the body or
 * the query of each request. The web app imports this and nothing else of access.
 *
 * | Method and path    | Request          | Reply        | Policy         |
 * |--------------------|------------------|--------------|----------------|
 * | POST /sign-in      | `signInBody`     | `Me`, cookie; or 202, `SecondStepView` | public |
 * | POST /sign-out     |                  | 204          | public         |
 * | GET /me            |                  | `Me`         | account        |
 * | POST /password     | `passwordBody`   | `Me`, cookie; or 202, `SecondStepView` | public |
 * | GET /roles         |                  | `RoleView[]` | signed-in      |
 *
 * What is said of users stands in `user-api.ts`, of second factors and sessions in `account-api.ts`.
 *
 * | Method and path    | Request          | Reply        | Policy         |
 * |--------------------|------------------|--------------|----------------|
 * | GET /searchable    |                  | `SearchableView`    | signed-in      |
 * | GET /searches      |                  | `SavedSearchesView` | `explorer.use` |
 * | POST /searches     | `savedSearchBody`| `SavedSearchView`   | `explorer.use` |
 * | PUT /searches/:id  | `savedSearchBody`| `SavedSearchView`   | `explorer.use` |
 * | DELETE /searches/:id |                | 204                 | `explorer.use` |
 * | GET /opt-outs      |                  | `OptOutView`        | `governance.work` |
 * | POST /opt-outs/request |              | text, NHS numbers   | `governance.work` |
 * | POST /opt-outs/reply | text, NHS numbers | `OptOutView`     | `governance.work` |
 *
 * Failures are `application/problem+json`. Codes a page may want to tell apart: `sign-in-failed`, `account-locked`,
 * `link-invalid`, `password-too-short`, `password-too-long`, `password-has-username`, `password-common`,
 * `username-taken`, `username-invalid`, `role-unknown`, `own-administration`, `version-conflict`, `not-signed-in`, `search-name-taken`,
 * `too-many-searches`, `not-own-search`.
 */

import { z } from "zod";
import { limits } from "#kernel";

export * from "./account-api.ts";
export * from "./authorization/authorization-api.ts";
export * from "./consent-api.ts";
export * from "./directory-api.ts";
export * from "./explain/explain-api.ts";
export * from "./relationships/relationship-api.ts";
export * from "./service-accounts/service-account-api.ts";
export * from "./user-api.ts";

/** Also one that is too long to be set: earlier versions took it. */
const password = z
  .string()
  .min(1)
  .max(2 * limits.passwordLengthMax);

export const signInBody = z.object({ username: z.string().min(1).max(200), password });
export type SignInBody = z.infer<typeof signInBody>;

/** By what stands behind the `#` of a one-time link, or, signed in, by the old password. */
export const passwordBody = z.union([
  z.object({ link: z.string().min(1).max(200), newPassword: z.string().max(10_000) }),
  z.object({ oldPassword: password, newPassword: z.string().max(10_000) }),
]);
export type PasswordBody = z.infer<typeof passwordBody>;

/** A search to keep: the type, and the query that stands behind the `?` of its address. */
export const savedSearchBody = z.object({
  name: z.string().trim().min(1).max(100),
  type: z.string().regex(/^[A-Z][A-Za-z]{1,63}$/),
  query: z.string().max(limits.savedSearchLengthMax),
  /** Elements shown as columns; empty for the usual ones of the type. */
  columns: z.array(z.string().max(100)).max(50),
  /** Whether everybody who uses the explorer sees it. */
  shared: z.boolean(),
});
export type SavedSearchBody = Readonly<z.infer<typeof savedSearchBody>>;

/** Whether there is a recent answer on who has opted out of research and planning, and of how many it says that they have not. */
export interface OptOutView {
  readonly isFresh: boolean;
  readonly checked?: string;
  readonly expires?: string;
  readonly count?: number;
}

export interface RoleView {
  readonly name: string;
  readonly title: string;
  readonly department: string;
  readonly purpose: string;
}

export interface Me {
  /** `User/3f…`, or `ApiToken/…` for a script. */
  readonly reference: string;
  readonly display: string;
  readonly roles: readonly RoleView[];
  /** Names of `permissions`, such as `patients.find`. */
  readonly permissions: readonly string[];
  /** Where to go after signing in. */
  readonly home: string;
  readonly navigation: readonly { readonly path: string; readonly title: string }[];
  /** Of the hospital: times are shown by its clock. `Europe/London`. */
  readonly timeZone: string;
  /** Whether all that this person may do is set up the second factor that their roles need. */
  readonly mustSetUpSecondFactor?: true;
}

export interface SearchableView {
  /** Resource types, in alphabetical order. */
  readonly types: readonly string[];
}

export interface SavedSearchView extends SavedSearchBody {
  readonly id: string;
  readonly own: boolean;
  /** Whose it is, where it is not one's own. */
  readonly sharedBy?: string;
}

export interface SavedSearchesView {
  readonly searches: readonly SavedSearchView[];
}
